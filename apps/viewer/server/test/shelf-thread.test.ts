import { mergeAnswerSchema, paths } from '#api'
import { KIB, SILENT_LOG, concatBytes, utf8Bytes } from '@matinee/base'
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import { MessageStream } from '../src/links/message-stream.ts'
import { exchangeShelves } from '../src/links/shelf-exchange.ts'
import { shelfRoutes } from '../src/routes/shelf-routes.ts'
import type { ShelfCatalogue } from '../src/shelf/shelf-catalogue.ts'
import { encodeShelfJson } from '../src/shelf/shelf-json.ts'
import { ShelfStore } from '../src/shelf/shelf-store.ts'

const FILMS = 3000
const PASSPHRASE = 'seven lamps in the foyer'
/** Nothing of a shelf is this long but what it holds. */
const LONG = 16 * KIB

const CATALOGUE: ShelfCatalogue = {
  cards: async () => new Map(),
  episodes: async () => [],
  withdrawn: async () => new Map(),
}

test('no shelf is read or written as JSON on the thread that films come from', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-shelf-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const open = (name: string): Promise<ShelfStore> =>
    ShelfStore.open(join(folder, `${name}.sqlite`), SILENT_LOG)
  await using here = await open('here')
  await using there = await open('there')
  await using third = await open('third')
  const big = encodeShelfJson({
    type: 'matinee-shelf',
    version: 1,
    progress: [],
    favourites: Array.from({ length: FILMS }, (_, at) => ({ workId: `a.${at}`, addedAtMs: at })),
    lists: [],
    history: [],
  })
  assert.ok(big.length > 4 * LONG)

  // This thread's alone: a worker has a JSON of its own.
  const parsed = t.mock.method(JSON, 'parse').mock
  const written = t.mock.method(JSON, 'stringify').mock
  const post = async (shelf: ShelfStore, path: string, body: Uint8Array): Promise<Uint8Array> => {
    const routes = shelfRoutes(shelf.acts, CATALOGUE, false)
    const answer = await routes.request(path, { method: 'POST', body: Buffer.from(body) })
    assert.equal(answer.status, 200)
    return answer.bytes()
  }
  await post(here, paths.shelfFile, big)
  const saved = await shelfRoutes(here.acts, CATALOGUE, false).request(paths.shelfFile)
  assert.equal((await saved.bytes()).length, big.length)
  const head = `{"passphrase":"${PASSPHRASE}"`
  const sealed = await post(here, paths.shelfSealed, utf8Bytes(`${head}}`))
  const request = concatBytes([utf8Bytes(`${head},"file":`), sealed, utf8Bytes('}')])
  const answer = await post(there, paths.shelfMerge, request)
  const [one, other] = duplexPair()
  const parts = { name: 'a computer', port: 1, wallMs: () => 0 }
  await Promise.all([
    exchangeShelves(new MessageStream(one), { ...parts, shelf: there.acts }),
    exchangeShelves(new MessageStream(other), { ...parts, shelf: third.acts }),
  ])
  const lengths = [
    ...parsed.calls.map(({ arguments: [text] }) => String(text).length),
    ...written.calls.map(({ result }) => String(result).length),
  ]
  parsed.restore()
  written.restore()

  assert.deepEqual(mergeAnswerSchema.parse(JSON.parse(Buffer.from(answer).toString('utf8'))), {
    changed: FILMS,
  })
  assert.equal((await third.acts.favourites()).length, FILMS)
  assert.ok(lengths.length >= 6, 'what is said beside the shelf was seen')
  assert.ok(Math.max(...lengths) < LONG, `${Math.max(...lengths)} characters at once`)
})
