/**
 * Made-up works as records of docs/feed-format.md: titles in several languages and scripts, a few people who are in
 * everything and many who are in one film, years, lengths and rights as a large catalogue has them. About 3 kB each.
 */
import { SeededRandom } from '../seeded-random.ts'
import { MadeWords } from './made-words.ts'

/** How many works, out of which chance. */
export interface MadeWorksOptions {
  readonly seed: number | string
  readonly count: number
}

/** A record as JSON; a validator has yet to make one of it. */
export type MadeRecord = Readonly<Record<string, unknown>> & { readonly id: string }

const GENRES =
  'drama comedy documentary short-film animation romance thriller crime horror science-fiction silent music history war family adventure experimental biography mystery western'.split(
    ' ',
  )
const COUNTRIES =
  'US FR GB DE IT JP IN RU ES PL SE DK CA BR MX EG AR CZ NL BE AT HU NG KR CN GR PT NO FI TR'.split(
    ' ',
  )
const ROLES = 'cast cast cast cast cast writer producer composer cinematographer editor'.split(' ')
const LICENCES = 'CC-BY-4.0 CC-BY-SA-4.0 CC-BY-3.0 CC0-1.0 CC-BY-NC-ND-4.0 CC-BY-NC-4.0'.split(' ')

/** Makes works, the same for the same seed and count. */
export function* madeWorks({ seed, count }: MadeWorksOptions): Generator<MadeRecord> {
  const random = new SeededRandom(seed)
  // A larger catalogue has more words and more people, but not in proportion.
  const words = new MadeWords(random, Math.min(12_000, 200 + count))
  const people = madePeople(random.fork('people'), words, Math.ceil(count * 1.5) + 20)
  for (let number = 0; number < count; number++) yield madeWork(random, words, people, number)
}

function madeWork(
  random: SeededRandom,
  words: MadeWords,
  people: readonly MadePerson[],
  number: number,
): MadeRecord {
  const language = words.language()
  const kind = random.chance(0.05) ? 'series' : random.chance(0.45) ? 'short' : 'feature'
  const year = 2026 - Math.min(130, words.zipf(140))
  const title = words.phrase(language, 1 + random.below(4))
  const isWordless = random.chance(0.04)
  const seasons = kind === 'series' ? madeSeasons(random, words) : []
  const durationSeconds = kind === 'short' ? 120 + random.below(2200) : 2700 + random.below(6000)
  return {
    type: 'matinee-record',
    version: 1,
    id: `made-${number}`,
    kind,
    title: { text: title, language },
    ...(random.chance(0.98) ? { year } : {}),
    ...(kind === 'series' ? {} : { durationSeconds }),
    countries: [COUNTRIES[words.zipf(COUNTRIES.length)]],
    languages: isWordless ? ['zxx'] : [language],
    genres: distinct([1, 2, 3].slice(random.below(3)).map(() => GENRES[words.zipf(GENRES.length)])),
    translations: {
      en: {
        title: words.phrase('en', 1 + random.below(4)),
        synopsis: sentences(random, words, 'en', 5),
      },
      ...(random.chance(0.5)
        ? {
            fr: {
              title: words.phrase('fr', 1 + random.below(4)),
              synopsis: sentences(random, words, 'fr', 5),
            },
          }
        : {}),
    },
    people: madeCredits(random, words, people),
    ...(kind === 'series' ? { seasons } : {}),
    releases: [madeRelease(random, seasons, number)],
    rights: [madeRights(random)],
    ids: { wikidata: `Q${number + 1000}` },
  }
}

interface MadePerson {
  readonly name: string
  readonly wikidata?: string
}

function madePeople(random: SeededRandom, words: MadeWords, count: number): readonly MadePerson[] {
  const given = Array.from({ length: 1500 }, () => words.phrase(words.language(), 1))
  return Array.from({ length: count }, (_, number) => {
    const name = `${given[words.zipf(given.length)] ?? ''} ${words.phrase(words.language(), 1)}`
    return random.chance(0.3) ? { name, wikidata: `Q${10_000_000 + number}` } : { name }
  })
}

function madeCredits(
  random: SeededRandom,
  words: MadeWords,
  people: readonly MadePerson[],
): unknown[] {
  const picked = Array.from({ length: 6 + random.below(10) }, () => words.zipf(people.length))
  const names = new Set<string>()
  return distinct(picked).flatMap((number, index) => {
    const person = people[number]
    if (person === undefined || names.has(person.name)) return []
    names.add(person.name)
    const role = index === 0 ? 'director' : random.pick(ROLES)
    return [
      {
        name: person.name,
        roles: [role],
        ...(role === 'cast' ? { characters: [words.phrase('en', 1)] } : {}),
        ...(person.wikidata === undefined ? {} : { ids: { wikidata: person.wikidata } }),
      },
    ]
  })
}

interface MadeSeason {
  readonly number: number
  readonly episodes: readonly { readonly id: string }[]
}

function madeSeasons(random: SeededRandom, words: MadeWords): MadeSeason[] {
  return Array.from({ length: 1 + random.below(3) }, (_, season) => ({
    number: season + 1,
    episodes: Array.from({ length: 4 + random.below(5) }, (_each, episode) => ({
      id: `s${season + 1}e${episode + 1}`,
      number: episode + 1,
      durationSeconds: 1200 + random.below(1800),
      translations: { en: { title: words.phrase('en', 2) } },
    })),
  }))
}

function madeRelease(
  random: SeededRandom,
  seasons: readonly MadeSeason[],
  number: number,
): unknown {
  const hash = (bytes: number): string => random.bytes(bytes).toHex()
  const episodes = seasons.flatMap((season) => season.episodes)
  const video = (path: string, episode?: string): unknown => ({
    path,
    length: 50_000_000 + random.below(2_000_000_000),
    root: hash(32),
    ...(episode === undefined ? {} : { episode }),
    container: 'mp4',
    durationSeconds: 1234.5,
    width: 1920,
    height: 1080,
    codecs: ['avc1.640028', 'mp4a.40.2'],
  })
  const languages = distinct(['en', 'fr', 'de', 'es', 'pl', 'ja'].slice(random.below(7)))
  return {
    kind: 'release',
    id: 'main',
    infoHashes: { v1: hash(20), v2: hash(32) },
    trackers: [`udp://tracker.example.org:${1024 + (number % 60_000)}`],
    webSeeds: ['https://seed.example.org/films/'],
    videos:
      episodes.length === 0
        ? [video('film.mp4')]
        : episodes.map(({ id }) => video(`${id}.mp4`, id)),
    subtitles:
      episodes.length > 0
        ? []
        : languages.map((language) => ({
            path: `film.${language}.vtt`,
            length: 20_000 + random.below(60_000),
            root: hash(32),
            language,
            format: 'webvtt',
          })),
  }
}

/** Most are free everywhere; some in some countries; a few nowhere. */
function madeRights(random: SeededRandom): unknown {
  const reach = random.fraction()
  return {
    component: 'film',
    territories: reach < 0.86 ? ['worldwide'] : reach < 0.92 ? ['EU'] : ['US', 'CA', 'FR'],
    basis: random.chance(0.75)
      ? { kind: 'licence', licence: random.pick(LICENCES) }
      : { kind: 'public-domain-mark', by: 'holder' },
    evidence: [
      {
        kind: 'page',
        speaker: 'rightholder',
        url: 'https://rights.example.org/a-page-that-says-so',
        on: '2026-01-15',
        sha256: null,
      },
    ],
    checks: [
      { by: 'ada', on: '2026-02-01' },
      { by: 'ben', on: '2026-02-02' },
    ],
    verified: !random.chance(0.03),
    ...(random.chance(0.02) ? { until: '2027-06-30' } : {}),
  }
}

function sentences(
  random: SeededRandom,
  words: MadeWords,
  language: string,
  count: number,
): string {
  return Array.from(
    { length: count },
    () => `${words.phrase(language, 8 + random.below(8))}.`,
  ).join(' ')
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}
