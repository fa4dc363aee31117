/** Writes fixtures/feeds/signed/ anew: `node packages/catalogue/test/signed/write-fixtures.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { REFRESH_CASES } from './all-cases.ts'
import { writeEnvelopeFixture } from './envelope-cases.ts'
import { REFRESH_FIXTURE, writeRefreshFixture } from './refresh-fixture.ts'

mkdirSync(new URL('.', REFRESH_FIXTURE), { recursive: true })
writeFileSync(REFRESH_FIXTURE, writeRefreshFixture(REFRESH_CASES))
writeFileSync(new URL('envelopes.json', REFRESH_FIXTURE), writeEnvelopeFixture())
