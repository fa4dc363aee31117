import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CatalogueError, canonicalRecord, parseRecord, readableRecord } from '@matinee/catalogue'
import {
  bytesOf,
  edited,
  invalidRecords,
  readFixture,
  recordBytes,
} from '../../test/fixture-record.ts'

const VALID = ['minimal', 'film', 'legacy', 'series', 'public-domain']
const encoder = new TextEncoder()

for (const name of VALID)
  test(`the record ${name} is read, written and read the same`, () => {
    const parsed = parseRecord(recordBytes(name))
    assert.equal(parsed.kind, 'record')
    if (parsed.kind !== 'record') return
    assert.deepEqual(parsed.leftOut, [])
    const canonical = canonicalRecord(parsed.record)
    assert.deepEqual(parseRecord(canonical), { ...parsed, leftOut: [] })
    const readable = encoder.encode(readableRecord(parsed.record))
    assert.deepEqual(parseRecord(readable), { ...parsed, leftOut: [] })
  })

for (const record of invalidRecords())
  test(`${record.row === undefined ? '' : `${record.row}: `}step ${record.step} refuses ${record.name}: ${record.code}`, () => {
    assert.throws(
      () => parseRecord(bytesOf(record)),
      (error) => {
        assert.ok(error instanceof CatalogueError, String(error))
        const { code, at } = error.problems[0] ?? {}
        assert.deepEqual({ code, at }, { code: record.code, at: record.at }, error.message)
        return true
      },
    )
    assert.equal('polluted' in {}, false)
  })

test('a newer record that is open to us loses what we do not know, and says so', () => {
  const parsed = parseRecord(recordBytes('newer-open'))
  assert.equal(parsed.kind, 'record')
  if (parsed.kind !== 'record') return
  assert.deepEqual(parsed.leftOut.toSorted(), [
    '/donations/0',
    '/people/0/shoeSize',
    '/releases/0',
    '/releases/0/infoHashes/v3',
    '/rights/0',
    '/rights/0/basis/mood',
    '/smell',
    '/title/ruby',
  ])
  assert.deepEqual(
    parsed.record.releases.map(({ id }) => String(id)),
    ['hd'],
  )
  assert.equal(parsed.record.rights[0]?.basis.kind, 'licence')
  assert.deepEqual(parsed.record.people[0]?.roles, ['holographer'])
  assert.throws(() => canonicalRecord(parsed.record), /never written/u)
})

test('a newer record that is not for us is neither right nor wrong', () => {
  assert.deepEqual(parseRecord(recordBytes('newer-closed')), {
    kind: 'newer',
    version: 9,
    minVersion: 9,
  })
})

test("fields of anybody's own are left out of a record of any version", () => {
  const parsed = parseRecord(recordBytes('legacy'))
  assert.equal(parsed.kind === 'record' && 'x-studio' in parsed.record, false)
})

test('every problem of a record is named, not the first alone', () => {
  const record = edited(readFixture('records/film.json'), {
    set: { '/year': 'last year', '/countries/0': 'France', '/releases/0/id': 'HD' },
  })
  assert.throws(
    () => parseRecord(encoder.encode(JSON.stringify(record))),
    (error) => {
      assert.ok(error instanceof CatalogueError)
      assert.deepEqual(
        error.problems.map(({ code, at }) => `${code} ${at}`),
        ['wrong-type /year', 'country /countries/0', 'id /releases/0/id'],
      )
      return true
    },
  )
})

test('C16: what a record holds is clean: NFC, without hidden characters, marks not piled up', () => {
  const dirty = 'Cafe\u0301 \u202Enoir\u202C\u200B' + 'a' + '\u0301'.repeat(40)
  const record = edited(readFixture('records/film.json'), {
    set: {
      '/title/text': dirty,
      '/translations/en/synopsis': dirty,
      '/people/0/name': dirty,
      '/chapters/0/titles/en': dirty,
      '/donations/0/payee': dirty,
      '/rights/0/attribution/notice': dirty,
      '/releases/0/label': dirty,
    },
  })
  const parsed = parseRecord(encoder.encode(JSON.stringify(record)))
  assert.equal(parsed.kind, 'record')
  const text = JSON.stringify(parsed)
  assert.equal(text.normalize('NFC'), text)
  assert.equal(/[\u202A-\u202E\u2066-\u2069\u200B]/u.test(text), false)
  assert.equal(/\p{Mn}{7}/u.test(text), false)
  assert.equal(text.split('Café noir').length - 1, 7)
})

test('C16: ten megabytes of synopsis are refused before they are decoded', () => {
  // Decoding them would fail: it's no UTF-8.
  const bytes = new Uint8Array(10 * 1024 * 1024).fill(0xff)
  assert.throws(() => parseRecord(bytes), { name: 'CatalogueError', code: 'too-large' })
})
