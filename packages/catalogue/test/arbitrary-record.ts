import fc from 'fast-check'
import type { JsonValue } from '@matinee/catalogue'

/** Made-up records of every kind, as JSON: each is valid, though its texts may need cleaning. */

const text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('Ä', 'b', '漢', 'ع', '😀'),
      fc.string({ unit: 'grapheme', maxLength }),
      fc.constantFrom('', '\u0301', '\u202E', '\n', '\u200D'),
    )
    .map((parts) => parts.join(''))
const id = fc.stringMatching(/^[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,2}$/u)
const token = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(?:-[a-z0-9]{1,8}){0,2}$/u)
const sha256 = fc.stringMatching(/^[0-9a-f]{64}$/u)
const sha1 = fc.stringMatching(/^[0-9a-f]{40}$/u)
const language = fc.constantFrom('en', 'fr', 'pt-BR', 'zh-Hant', 'es-419', 'zxx')
const country = fc.constantFrom('NL', 'FR', 'US', 'SU')
const scope = fc.constantFrom('worldwide', 'EU', 'US', 'JP')
const year = fc.integer({ min: 1870, max: 2200 })
const day = fc
  .tuple(
    fc.integer({ min: 1, max: 9999 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map(([y, m, d]) => `${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}`)
const url = fc
  .tuple(
    fc.constantFrom('example.org', 'EXAMPLE.org', 'пример.example'),
    fc.webPath({ size: 'small' }),
  )
  .map(([host, path]) => `https://${host}${path}`)
const codec = fc.constantFrom('avc1.640028', 'mp4a.40.2', 'opus')
const positive = fc.integer({ min: 1, max: 2 ** 40 })

/** An object with these fields, of which those in `optional` may be left out. */
function object(
  needed: Record<string, fc.Arbitrary<JsonValue>>,
  optional: Record<string, fc.Arbitrary<JsonValue>> = {},
): fc.Arbitrary<JsonValue> {
  return fc.record(
    { ...needed, ...optional },
    { requiredKeys: Object.keys(needed), noNullPrototype: true },
  )
}

function some(item: fc.Arbitrary<JsonValue>, max = 3): fc.Arbitrary<JsonValue> {
  return fc.array(item, { maxLength: max })
}

function one(item: fc.Arbitrary<JsonValue>, max = 3): fc.Arbitrary<JsonValue> {
  return fc.array(item, { minLength: 1, maxLength: max })
}

function by(value: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> {
  return fc.dictionary(language, value, { maxKeys: 3, noNullPrototype: true })
}

const ids = object({}, { imdb: fc.constant('tt0000001'), wikidata: fc.constant('Q7') })
const people = fc
  .uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 3 })
  .chain((numbers) =>
    fc.tuple(
      ...numbers.map((number) =>
        object(
          { name: text(5).map((name) => `${number} ${name}`), roles: one(token) },
          { characters: some(text(10)), otherNames: some(text(10)), ids },
        ),
      ),
    ),
  )
const chapters = fc
  .uniqueArray(fc.double({ min: 0, max: 50, noNaN: true }), { maxLength: 4 })
  .map((starts) => starts.map((start) => Math.abs(start)).sort((a, b) => a - b))
  .map((starts) => starts.filter((start, index) => start !== starts[index - 1]))
  .chain((starts) =>
    fc.tuple(
      ...starts.map((startSeconds) =>
        object({ startSeconds: fc.constant(startSeconds) }, { titles: by(text(10)) }),
      ),
    ),
  )

const fact = (value: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> =>
  object({ value, verified: fc.boolean() })
const role = fc.constantFrom('director', 'screenplay', 'dialogue', 'composer', 'author')
const workFacts = object(
  {},
  {
    published: fact(object({ year }, { month: fc.integer({ min: 1, max: 12 }) })),
    origin: fact(country),
    renewed: fact(fc.boolean()),
    authors: some(
      fc.oneof(
        object({
          role,
          kind: fc.constant('people'),
          people: some(object({ name: text(9) }, { died: fact(fc.option(year)) })),
        }),
        object({ role, kind: fc.constant('nobody'), verified: fc.boolean() }),
      ),
    ),
  },
)

const licence = fc.constantFrom('CC-BY-4.0', 'CC0-1.0', 'LicenseRef-Own')
const basis = fc.oneof(
  object({ kind: fc.constant('licence'), licence }),
  object({
    kind: fc.constant('submission'),
    terms: fc.oneof(
      object({ kind: fc.constant('licence'), licence }),
      object({
        kind: fc.constant('own-text'),
        sha256: fc.option(sha256),
        acts: some(fc.constantFrom('watch', 'share')),
      }),
    ),
  }),
  object({ kind: fc.constantFrom('public-domain-term', 'in-copyright', 'disputed') }),
  object({ kind: fc.constant('public-domain-mark'), by: fc.constantFrom('holder', 'other') }),
)
const rights = object(
  {
    component: fc.constantFrom('film', 'underlying', 'music', 'subtitles', 'poster'),
    territories: one(scope),
    basis,
    evidence: one(
      object({
        kind: fc.constantFrom('page', 'registry'),
        speaker: fc.constantFrom('rightholder', 'third-party'),
        url: fc.option(url),
        on: day,
        sha256: fc.option(sha256),
      }),
    ),
    verified: fc.boolean(),
  },
  {
    except: some(scope),
    until: day,
    covers: some(fc.oneof(sha1, sha256)),
    checks: some(object({ by: text(9), on: day })),
    attribution: object(
      {},
      { title: text(9), creators: some(text(9)), source: url, creditsMustPlay: fc.boolean() },
    ),
    note: text(30),
  },
)

/** The files of a release: paths by number, so that none stands twice. */
function files(
  needed: Record<string, fc.Arbitrary<JsonValue>>,
  optional: Record<string, fc.Arbitrary<JsonValue>>,
  folder: string,
  minLength: number,
): fc.Arbitrary<JsonValue> {
  return fc
    .uniqueArray(fc.integer({ min: 0, max: 999 }), { minLength, maxLength: 3 })
    .chain((numbers) =>
      fc.tuple(
        ...numbers.map((number) =>
          object(
            { ...needed, path: fc.constant(`${folder}/é ${number}`), length: positive },
            optional,
          ),
        ),
      ),
    )
}

function release(
  number: number,
  episode: Record<string, fc.Arbitrary<JsonValue>>,
): fc.Arbitrary<JsonValue> {
  const common = { id: fc.constant(`r${number}`) }
  const optional = {
    label: text(9),
    trackers: some(fc.constant('udp://t.example:1')),
    webSeeds: some(url),
  }
  const audio = { language }
  const subtitles = { language, format: fc.constantFrom('webvtt', 'srt', 'ass') }
  const video = {
    container: token,
    durationSeconds: fc.double({ min: 0.5, max: 9999, noNaN: true }),
    width: fc.integer({ min: 1, max: 16_384 }),
    height: fc.integer({ min: 1, max: 16_384 }),
    codecs: one(codec),
  }
  const more = {
    languages: some(language),
    frameRate: fc.double({ min: 1, max: 300, noNaN: true }),
  }
  const root = { root: sha256 }
  return fc.oneof(
    object(
      {
        kind: fc.constant('release'),
        ...common,
        infoHashes: object({ v2: sha256 }, { v1: sha1 }),
        videos: files({ ...root, ...video, ...episode }, more, 'v', 1),
      },
      {
        ...optional,
        audios: files(
          { ...root, ...audio },
          { use: fc.oneof(fc.constant('description'), token) },
          'a',
          0,
        ),
        subtitles: files({ ...root, ...subtitles }, { use: token }, 's', 0),
        headPack: object({ sha256, length: fc.integer({ min: 1, max: 98_304 }) }),
      },
    ),
    object(
      {
        kind: fc.constant('legacy'),
        ...common,
        infoHashes: object({ v1: sha1 }),
        videos: files(episode, { ...video, ...more, sha256 }, 'v', 1),
      },
      { ...optional, subtitles: files(subtitles, { sha256 }, 's', 0) },
    ),
  )
}

const both = {
  type: fc.constant('matinee-record'),
  version: fc.constant(1),
  id,
  title: object({ text: text(20) }, { language }),
}
const optional = {
  minVersion: fc.constant(1),
  year,
  countries: some(country),
  languages: some(language),
  genres: some(token),
  translations: by(
    object(
      {},
      { title: text(20), otherTitles: some(text(9)), tagline: text(9), synopsis: text(60) },
    ),
  ),
  people,
  advisories: some(object({ kind: token, degree: fc.constantFrom('mild', 'moderate', 'strong') })),
  ages: some(object({ scheme: token, label: text(5), minYears: fc.integer({ min: 0, max: 21 }) })),
  rights: some(rights),
  term: object({ film: workFacts }, { doubts: some(object({ territory: scope, text: text(9) })) }),
  donations: fc.constant([{ id: 'a', kind: 'liberapay', payee: 'A', account: 'a' }]),
  ids,
  links: some(object({ kind: token, url }, { title: text(9) })),
  'x-own': fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
}

const film = object(
  { ...both, kind: fc.constantFrom('feature', 'short') },
  {
    ...optional,
    durationSeconds: fc.integer({ min: 60, max: 604_800 }),
    chapters,
    releases: fc.tuple(release(0, {}), release(1, {})).map((list) => list),
  },
)

const episode = (number: number): fc.Arbitrary<JsonValue> =>
  object(
    { id: fc.constant(`e${number}`), number: fc.constant(number) },
    {
      aired: day,
      durationSeconds: fc.integer({ min: 60, max: 9999 }),
      translations: by(object({}, { title: text(9), synopsis: text(20) })),
      people,
      chapters,
    },
  )
const series = object(
  {
    ...both,
    kind: fc.constant('series'),
    seasons: fc.tuple(
      object(
        { number: fc.constant(1), episodes: fc.tuple(episode(0), episode(1)).map((list) => list) },
        { year, translations: by(object({}, { title: text(9) })) },
      ),
    ),
  },
  {
    ...optional,
    endYear: fc.option(year),
    releases: fc.tuple(release(0, { episode: fc.constantFrom('e0', 'e1') })),
  },
)

/** A valid record of any kind. */
export const arbitraryRecord: fc.Arbitrary<JsonValue> = fc
  .oneof(film, series)
  // Keys of anybody's own hold to section 1 too, which chance doesn't.
  .map((record) => JSON.parse(JSON.stringify(record, plainKeys)) as JsonValue)

function plainKeys(key: string, value: unknown): unknown {
  return key === '' || /^[A-Za-z0-9.:-][A-Za-z0-9._:-]{0,63}$/u.test(key)
    ? wellFormed(value)
    : undefined
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const keys = Object.entries(value).filter(([key]) => key !== '')
  return Object.fromEntries(keys)
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0')
}
