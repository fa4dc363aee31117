import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBundledFeed, rightsWorkOf } from '@matinee/catalogue'
import { country, parseCalendarDate, verdict } from '@matinee/rights'
import { MADE_BOOK, madeFeedFiles, nodeHash } from '@matinee/testkit'

const TODAY = parseCalendarDate('2026-11-21')

test('the made-up feed is a feed without a problem, with works of every kind and place', () => {
  assert.ok(TODAY !== null)
  const read = readBundledFeed(madeFeedFiles(), nodeHash)
  assert.equal(read.kind, 'feed', JSON.stringify(read))
  assert.ok(read.kind === 'feed')
  const { offered, candidates, manifest } = read.feed
  assert.equal(offered.length + candidates.length, MADE_BOOK.works.length)
  assert.equal(candidates.length, 1)
  assert.ok(manifest.lists.some(({ kind }) => kind === 'double-bill'))
  const kinds = new Set(offered.map(({ record }) => record.kind))
  assert.deepEqual([...kinds].toSorted(), ['feature', 'series', 'short'])
  const offers = (place: string | null): string[] =>
    offered
      .filter(({ record }) => {
        const where = place === null ? null : country(place)
        return verdict(rightsWorkOf(record), where, TODAY).kind === 'offered'
      })
      .map(({ record }) => record.id)
  const everywhere = offers(null)
  assert.ok(everywhere.length >= 35, String(everywhere.length))
  for (const place of ['FR', 'US', 'SE', 'CH']) {
    const here = offers(place)
    assert.ok(here.length > everywhere.length, place)
    assert.ok(here.length < offered.length, place)
  }
})
