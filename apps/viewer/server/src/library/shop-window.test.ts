import { ageOf, isWithin, parseFeedId, parseRecord, type WorkRecord } from '@matinee/catalogue'
import { parseCalendarDate } from '@matinee/rights'
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Shelf } from '../shelf/shelf-store.ts'
import type { AskedCatalogue } from './limited-catalogue.ts'
import { ShopWindow } from './shop-window.ts'
import type { Viewer } from './viewer.ts'
import type { WorkCards } from './work-cards.ts'

const RECORD = new URL('../../../../../feeds/starter/records/tears-of-steel.json', import.meta.url)

test('O4: a work that its feed withdrew isn’t found above an age either', async () => {
  const parsed = parseRecord(new Uint8Array(await readFile(RECORD)))
  const today = parseCalendarDate('2026-11-21')
  const feedId = parseFeedId('starter')
  assert.ok(parsed.kind === 'record' && today !== null && feedId !== null)
  const { record } = parsed
  const standing = { isOffered: false, isPlayed: true, isSeeded: false, isListed: false }
  const windowFor = (mayShow: (record: WorkRecord) => boolean): ShopWindow =>
    new ShopWindow(
      { work: async () => ({ kind: 'none' }) } as unknown as AskedCatalogue,
      {} as WorkCards,
      {} as Shelf,
      () => viewer,
      {
        safetyOf: () => ({ standing, decisions: [] }) as never,
        keptWork: () => ({ record, added: '2026-10-01' }),
        expiredDays: () => null,
        words: () => [],
      },
      async () => true,
      mayShow,
    )
  const viewer: Viewer = { languages: ['en'], language: 'en', territory: null, today }
  const at = (years: number): ShopWindow =>
    windowFor((found) => isWithin(ageOf(found), { years, withUnrated: false }))
  assert.equal(await at(6).find('starter.tears-of-steel', viewer), null)
  assert.ok((await at(12).find('starter.tears-of-steel', viewer)) !== null)
})
