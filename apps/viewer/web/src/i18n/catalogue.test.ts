import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FAILURE_CODES, STUCK_REASONS } from '#api'
import { STUCK_NAMES } from '../player/waiting-core.ts'
import { LANGUAGES } from './language.ts'
import { isLater } from './later-areas.ts'

const SOURCE = dirname(dirname(fileURLToPath(import.meta.url)))
const PLURAL = /_(?:zero|one|two|few|many|other)$/u

/** Keys that are put together from a list; the list says which. */
const BUILT_KEYS = [
  ...[...STUCK_REASONS, ...STUCK_NAMES].map((name) => `stuck.${name}`),
  ...['picture', 'sound', 'container', 'no-picture'].map((name) => `elsewhere.${name}`),
].flatMap((key) => [key, `${key}-note`])

function catalogue(language: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(SOURCE, 'i18n', `${language}.json`), 'utf8')) as Record<
    string,
    string
  >
}

function usedKeys(known: ReadonlySet<string>): { used: Set<string>; unknown: Set<string> } {
  const used = new Set(BUILT_KEYS)
  const unknown = new Set<string>()
  const areas = new Set([...known].map((key) => key.split('.')[0]))
  for (const name of readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/u.test(name) || name.endsWith('.test.ts')) continue
    const text = readFileSync(join(SOURCE, name), 'utf8')
    for (const [, key = ''] of text.matchAll(/['"]([a-z]+\.[a-z0-9-]+)['"]/gu))
      if (known.has(key)) used.add(key)
      else if (areas.has(key.split('.')[0])) unknown.add(`${key} in ${name}`)
  }
  return { used, unknown }
}

const ENGLISH = new Set(Object.keys(catalogue('en')).map((key) => key.replace(PLURAL, '')))

test('every string that the pages use is in the catalogue, and every string in it is used', () => {
  const { used, unknown } = usedKeys(ENGLISH)
  assert.deepEqual([...unknown], [], 'missing')
  assert.deepEqual(
    [...ENGLISH].filter((key) => !used.has(key)),
    [],
    'unused',
  )
  assert.deepEqual(
    [...used].filter((key) => !ENGLISH.has(key)),
    [],
    'missing',
  )
})

test('every language has the same strings, in all the numbers that it tells apart', () => {
  for (const { code } of LANGUAGES) {
    const texts = catalogue(code)
    const forms = new Intl.PluralRules(code).resolvedOptions().pluralCategories
    const wanted = new Set<string>()
    for (const key of Object.keys(catalogue('en')))
      if (PLURAL.test(key))
        for (const form of forms) wanted.add(`${key.replace(PLURAL, '')}_${form}`)
      else wanted.add(key)
    assert.deepEqual(Object.keys(texts).toSorted(), [...wanted].toSorted(), code)
  }
})

test('the same values go into a string in every language, and none is empty or odd', () => {
  const values = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}/gu))].toSorted()
  const english = catalogue('en')
  for (const { code } of LANGUAGES)
    for (const [key, text] of Object.entries(catalogue(code))) {
      const model = english[key] ?? english[key.replace(PLURAL, '_other')] ?? ''
      assert.deepEqual(values(text), values(model), `${code} ${key}`)
      assert.match(text, /\S/u, `${code} ${key}`)
      assert.doesNotMatch(text, /[<>!]|\s{2}|'/u, `${code} ${key}`)
    }
})

test('no long string stands untranslated in another language', () => {
  const english = catalogue('en')
  for (const { code } of LANGUAGES) {
    if (code === 'en') continue
    for (const [key, text] of Object.entries(catalogue(code)))
      if (text.replaceAll(/\{\{\w+\}\}/gu, '').length > 14)
        assert.notEqual(text, english[key], `${code} ${key} is untranslated`)
  }
})

test('French has a narrow no-break space before high punctuation, and no plain one', () => {
  for (const [key, text] of Object.entries(catalogue('fr')))
    assert.doesNotMatch(text, /[^\u202f][?;:](?=\s|$)/u, `${key}: ${text}`)
})

test('every refusal of the server has an answer on the page', () => {
  // A new code must be thought of here and in the pages.
  assert.deepEqual(
    [...FAILURE_CODES].toSorted(),
    [
      'bad-request',
      'busy',
      'grown-ups',
      'no-profile',
      'passphrase',
      'pin',
      'pin-wait',
      'disk',
      'disk-full',
      'folder',
      'foreign',
      'internal',
      'launch-code',
      'no-feed',
      'no-session',
      'not-found',
      'other-feed',
      'taken',
    ].toSorted(),
  )
})

/** Modules that a page has once its own code is there: what is imported at once, not what is fetched later. */
function modulesOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  const text = readFileSync(join(SOURCE, file), 'utf8')
  for (const [, path = ''] of text.matchAll(
    /(?:^import|^export|^\}) [^;]*?from '(\.[^']+\.tsx?)'/gmu,
  ))
    modulesOf(join(dirname(file), path), seen)
  return seen
}

test('pages that don’t wait for the strings that come later say none of them', () => {
  const pages = ['browse/browse-page', 'search/search-page', 'person/person-page']
  const first = ['main.tsx', ...pages.map((name) => `pages/${name}.tsx`)]
  const said: string[] = []
  for (const file of new Set(first.flatMap((page) => [...modulesOf(page)]))) {
    const text = readFileSync(join(SOURCE, file), 'utf8')
    for (const [, key = ''] of text.matchAll(/['"`]([a-z]+\.[a-z0-9-]+)['"`]/gu))
      if (ENGLISH.has(key) && isLater(key)) said.push(`${key} in ${file}`)
  }
  assert.ok(modulesOf('main.tsx').size > 40, 'modules were found')
  assert.deepEqual(said, [])
})
