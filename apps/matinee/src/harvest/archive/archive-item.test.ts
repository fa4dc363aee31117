import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8Bytes } from '@matinee/base'
import { chooseArchiveFilm, archiveLanguage } from './archive-film.ts'
import { isSafePath, parseArchiveItem, type ArchiveItem } from './archive-item.ts'
import { parseSearchAnswer } from './archive-search.ts'

const SHA1 = '25c14461f067643515e93f1b89558c8aa78a74c1'

function item(metadata: object, files: readonly object[], more: object = {}): ArchiveItem {
  const answer = parse({ metadata: { identifier: 'a-film', ...metadata }, files, ...more })
  assert.equal(answer.kind, 'item')
  return answer.kind === 'item' ? answer.item : assert.fail()
}

function parse(value: unknown): ReturnType<typeof parseArchiveItem> {
  return parseArchiveItem(utf8Bytes(JSON.stringify(value)), 'a-film')
}

test('a field may be a text, a number or a list of both, and a number may be a text', () => {
  const read = item(
    {
      title: ['The Lamp', 'Another title'],
      creator: 'A. Maker',
      director: ['A. Maker', 'B. Maker'],
      year: 1998,
      language: ['eng', 'French'],
      licenseurl: ['http://creativecommons.org/licenses/by/3.0/'],
      rights: '<a href="https://example.org">free</a>',
      collection: 'opensource_movies',
    },
    [{ name: 'lamp.mp4', size: '17', sha1: SHA1.toUpperCase(), length: '0:12:14', height: '720' }],
  )
  assert.equal(read.title, 'The Lamp')
  assert.deepEqual(read.creators, ['A. Maker', 'B. Maker'])
  assert.equal(read.year, 1998)
  assert.deepEqual(read.languages.map(archiveLanguage), ['en', 'fr'])
  assert.deepEqual(read.collections, ['opensource_movies'])
  const [film] = read.files
  assert.equal(film?.lengthBytes, 17)
  assert.equal(film?.sha1, SHA1)
  assert.equal(film?.durationSeconds, 734)
  assert.equal(film?.height, 720)
  assert.equal(film?.source, 'unknown')
})

test('what is no number, hash or date is not there, and nothing breaks', () => {
  const read = item(
    { title: null, date: 'circa 1920', year: {}, language: [[], {}, null, 7], rights: [{}] },
    [{ name: 'a.mp4', size: '1e3', sha1: 'xyz', md5: 12, length: 'NaN', height: '0' }],
  )
  assert.equal(read.title, null)
  assert.equal(read.year, null)
  assert.deepEqual(read.rights, [])
  const [film] = read.files
  assert.deepEqual(
    [film?.lengthBytes, film?.sha1, film?.md5, film?.durationSeconds, film?.height],
    [null, null, null, null, null],
  )
})

test('an item that is missing, taken down, another one, a collection or no film is refused by name', () => {
  const table: [unknown, string][] = [
    [{}, 'no-item'],
    [[], 'no-item'],
    ['text', 'no-item'],
    [{ metadata: { identifier: 'a-film' }, is_dark: true }, 'taken-down'],
    [{ metadata: { identifier: 'a-film' }, nodownload: 'true' }, 'taken-down'],
    [{ metadata: { identifier: 'another' } }, 'other-item'],
    [{ metadata: {} }, 'other-item'],
    [{ metadata: { identifier: 'a-film', mediatype: 'collection' } }, 'collection'],
    [{ metadata: { identifier: 'a-film', mediatype: 'texts' } }, 'not-film'],
  ]
  for (const [value, code] of table) {
    const answer = parse(value)
    assert.equal(answer.kind === 'refused' ? answer.code : 'item', code, JSON.stringify(value))
  }
  for (const bytes of ['', '{', '<html>', '{"a":1,"a":2}', '['.repeat(40)]) {
    const answer = parseArchiveItem(utf8Bytes(bytes), 'a-film')
    assert.equal(answer.kind === 'refused' ? answer.code : 'item', 'not-json', bytes)
  }
})

test('C10: a file of an item whose name leads out of its folder is left out and counted', () => {
  const names = ['../a.mp4', '/etc/passwd', 'a/../b.mp4', 'a\\b.mp4', 'a\u0000.mp4', 'c:d.mp4', '.']
  for (const name of names) assert.equal(isSafePath(name), false, name)
  const answer = parse({
    metadata: { identifier: 'a-film' },
    files: [...names, 'good/film.mp4', 7, null].map((name) => ({ name })),
  })
  assert.equal(answer.kind, 'item')
  if (answer.kind !== 'item') return
  assert.deepEqual(
    answer.item.files.map(({ name }) => name),
    ['good/film.mp4'],
  )
  assert.match(answer.oddities.join(), /9 of its files/u)
})

test('the film is the tallest original that a browser plays, and its subtitles carry its name', () => {
  const files = [
    { name: 'lamp.avi', source: 'original' },
    { name: 'lamp_512kb.mp4', source: 'derivative', original: 'lamp.avi', height: '240' },
    { name: 'lamp.ia.mp4', source: 'derivative', original: 'lamp.avi', height: '480' },
    { name: 'lamp.mp4', source: 'original', height: '720' },
    { name: 'lamp.en.vtt' },
    { name: 'lamp.PT-br.srt' },
    { name: 'lamp.srt' },
    { name: 'other.fr.vtt' },
  ]
  const choice = chooseArchiveFilm(item({}, files), null)
  assert.ok(choice.kind === 'film')
  assert.equal(choice.film.name, 'lamp.mp4')
  assert.deepEqual(
    choice.subtitles.map(({ file, language }) => [file.name, language]),
    [
      ['lamp.en.vtt', 'en'],
      ['lamp.PT-br.srt', 'pt-BR'],
      ['lamp.srt', null],
    ],
  )
  assert.deepEqual(choice.doubts, [])
  const two = chooseArchiveFilm(item({}, [{ name: 'one.mp4' }, { name: 'two.mp4' }]), null)
  assert.match(two.kind === 'film' ? two.doubts.join() : '', /2 different films/u)
  assert.equal(chooseArchiveFilm(item({}, files), 'none.mp4').kind, 'refused')
  assert.equal(chooseArchiveFilm(item({}, [{ name: 'a.avi' }]), null).kind, 'refused')
})

test('a search is read in both shapes, and what is no identifier is left out', () => {
  const scrape = parseSearchAnswer(
    utf8Bytes(
      '{"items":[{"identifier":"a"},{"identifier":["b"]},{"identifier":"a"},{"identifier":"../x"},7],"cursor":"W3s","total":100}',
    ),
  )
  assert.deepEqual(scrape, { kind: 'found', identifiers: ['a', 'b'], cursor: 'W3s', total: 100 })
  const advanced = parseSearchAnswer(
    utf8Bytes(
      '{"responseHeader":{"status":0},"response":{"numFound":"50","docs":[{"identifier":"c"}]}}',
    ),
  )
  assert.deepEqual(advanced, { kind: 'found', identifiers: ['c'], cursor: null, total: 50 })
  for (const bytes of ['', '{}', '{"items":{}}', '{"error":"no","items":[]}', '[]'])
    assert.equal(parseSearchAnswer(utf8Bytes(bytes)).kind, 'refused', bytes)
})
