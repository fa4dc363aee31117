import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8Bytes } from '@matinee/base'
import { parseWorkId, type WorkRecord } from '@matinee/catalogue'
import { makeFilm } from '@matinee/testkit'
import { parseEpisodePlace, placeInName, readPlacedText } from '../src/intake/episode-place.ts'
import { readIntakeOptions } from '../src/intake/intake-options.ts'
import { prepareIntake } from '../src/intake/intake.ts'
import { PublisherFolder } from '../src/publisher/publisher-folder.ts'
import { openQuestions, type Questions } from '../src/questions.ts'
import { runMatinee } from './program-run.ts'

let root: string
let folder: PublisherFolder
let page: string
let rights: readonly string[]
const episodeFile = (number: number): string => join(root, `ferry.s01e0${number}.mp4`)

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'matinee-test-'))
  folder = await PublisherFolder.create(join(root, 'publisher'), utf8Bytes('{}'))
  for (const [at, durationSeconds] of [4, 3, 2].entries())
    await makeFilm({ folder: root, name: `ferry.s01e0${at + 1}.mp4`, durationSeconds })
  await makeFilm({ folder: root, name: 'nameless.mp4', durationSeconds: 2 })
  page = join(root, 'page.html')
  await writeFile(page, 'CC0')
  rights = [
    '--licence',
    'CC0-1.0',
    '--creator',
    'Mara Quill',
    '--checked-by',
    'lamplighter',
  ].concat(['--evidence', `page/rightholder=${page}`, '--evidence-on', '2026-11-20'])
})

after(async () => {
  await rm(root, { recursive: true, force: true })
})

async function add(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await runMatinee(
    ['feed', 'add', '--feed', folder.path, '--json'].concat(args),
  )
  assert.equal(code, 0, err)
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, unknown>
}

/** Everything before something is made, without a terminal. */
async function prepared(...args: readonly string[]): Promise<unknown> {
  const { values, films } = readIntakeOptions(args)
  using questions = openQuestions()
  const tools = { folder, questions, ffmpeg: null, today: '2026-11-21' }
  return await prepareIntake(values, films, tools, new AbortController().signal)
}

async function record(id: string): Promise<WorkRecord> {
  const parsed = parseWorkId(id)
  assert.ok(parsed !== null)
  const work = await folder.work(parsed)
  assert.ok(work !== null)
  return work.record
}

/** Keys of a record's translations are branded. */
function titleIn(translations: object | undefined, language: string): string | undefined {
  return new Map<string, { readonly title?: string }>(Object.entries(translations ?? {})).get(
    language,
  )?.title
}

test('a series comes with its episodes, and one that is added later goes to the same work', async () => {
  const subtitles = join(root, 'one.srt')
  await writeFile(subtitles, '1\n00:00:01,000 --> 00:00:02,000\nHello\n')
  const chapters = join(root, 'two.vtt')
  await writeFile(chapters, 'WEBVTT\n\n00:00.000 --> 00:01.000\nCast off\n')
  const about = [
    [episodeFile(1), `S1E2=${episodeFile(2)}`, '--kind', 'series', '--title', 'Night Ferry'],
    ['--year', '1931', '--language', 'en'],
    ['--title-in', 'S1E1:en=The Crossing', '--title-in', 'S1:en=The First Winter'],
    ['--title-in', 'fr=Le Bac de nuit', '--synopsis', 'S1E2:en=Fog. Nobody sees the pier.'],
    ['--aired', 'S1E1:1931-01-04', '--subtitles', `S1E1:en=${subtitles}`],
    ['--chapters', `S1E2:${chapters}`],
  ]
  const first = await add(...about.flat(), ...rights)
  assert.deepEqual([first['release'], first['episodes']], ['s1e1-s1e2', ['s1e1', 's1e2']])
  const third = [episodeFile(3), '--id', 'night-ferry', '--title-in', 'S1E3:en=Landing']
  const later = await add(...third, '--title-in', 'S1E2:en=Fog', ...rights)
  assert.deepEqual([later['release'], later['episodes']], ['s1e3', ['s1e3']])

  const { kind, year, durationSeconds, seasons, releases, translations, ...said } =
    await record('night-ferry')
  assert.deepEqual([kind, year, durationSeconds], ['series', 1931, undefined])
  assert.equal(titleIn(translations, 'fr'), 'Le Bac de nuit')
  const [season] = seasons
  assert.equal(titleIn(season?.translations, 'en'), 'The First Winter')
  assert.deepEqual(
    season?.episodes.map((each) => [
      each.id,
      each.number,
      titleIn(each.translations, 'en'),
      each.durationSeconds,
      each.chapters.length,
    ]),
    [
      ['s1e1', 1, 'The Crossing', 4, 0],
      ['s1e2', 2, 'Fog', 3, 1],
      ['s1e3', 3, 'Landing', 2, 0],
    ],
  )
  assert.equal(season?.episodes[0]?.aired, '1931-01-04')
  assert.deepEqual(
    releases.map(({ id, videos }) => [id, videos.map(({ path, episode }) => [path, episode])]),
    [
      [
        's1e1-s1e2',
        [
          ['night-ferry-s1e1.mp4', 's1e1'],
          ['night-ferry-s1e2.mp4', 's1e2'],
        ],
      ],
      ['s1e3', [['night-ferry-s1e3.mp4', 's1e3']]],
    ],
  )
  assert.deepEqual(
    releases[0]?.subtitles.map(({ path, episode }) => [path, episode]),
    [['night-ferry-s1e1.en.vtt', 's1e1']],
  )
  const files = await readdir(join(folder.path, 'releases/night-ferry/s1e1-s1e2/files'))
  assert.ok(files.includes('s1e2.chapters.en.vtt') && files.includes('s1e1.thumbnails.vtt'))
  // The same statement on the same day is one entry, about the bytes of both releases.
  const [entry, ...others] = said.rights
  assert.equal(others.length, 0)
  assert.equal(entry?.covers.length, 6)
})

test('what cannot be of a series, or of this one, is said before anything is made', async () => {
  const titled = ['--title', 'Day Ferry', '--language', 'en', '--kind', 'series', ...rights]
  const two = [episodeFile(1), episodeFile(2)]
  const film = join(root, 'nameless.mp4')
  const table: readonly (readonly [readonly string[], RegExp])[] = [
    [[film, ...titled], /S1E2=nameless\.mp4 is missing/u],
    [[...two, ...titled, '--subtitles', `en=${page}`], /of which episode\? Say it as S1E1:en=/u],
    [[...two, ...titled, '--subtitles', `S1E7:en=${page}`], /none of the films is S1E7/u],
    [[...two, ...titled, '--title-in', 'S2E1:en=X'], /the series has no S2E1/u],
    [[...two, ...titled, '--aired', '1931-01-04'], /--aired 1931-01-04 is not of the form S1E2/u],
    [[`S1E1=${film}`, '--title', 'Film', '--kind', 'short', ...rights], /and this is a short/u],
    [[film, '--title', 'Film', '--language', 'en', ...rights, '--aired', 'S1E1:x'], /no series/u],
  ]
  for (const [args, why] of table) await assert.rejects(prepared(...args), why, args.join(' '))
})

test('a place in a series is read from what people write, and from names of files', () => {
  assert.deepEqual(
    ['Ferry.S01E02.1080p.mp4', 'ferry 1x03.webm', 'ferry-s2.e10.mp4', 'ferry 640x360.mp4'].map(
      placeInName,
    ),
    [{ season: 1, episode: 2 }, { season: 1, episode: 3 }, { season: 2, episode: 10 }, null],
  )
  assert.deepEqual(['S1E2', 's0e1', 'S1', 'S1E', 'S1E2x', ''].map(parseEpisodePlace), [
    { season: 1, episode: 2 },
    { season: 0, episode: 1 },
    null,
    null,
    null,
    null,
  ])
  assert.deepEqual(readPlacedText('S3: en=Third'), {
    place: { season: 3, episode: null },
    text: 'en=Third',
  })
  assert.deepEqual(readPlacedText('S3=x'), { place: null, text: 'S3=x' })
})

const PUBLIC_DOMAIN = [
  '--public-domain-term',
  '--creator',
  'Mara Quill',
  '--checked-by',
  'one',
].concat(['--checked-by', 'two'])
const OLD = ['--title', 'The Pier', '--language', 'zxx', '--year', '1926', '--country', 'FR']

test('a work whose protection has ended says where, computed from who made it and when they died', async () => {
  const film = join(root, 'nameless.mp4')
  const makers = [
    '--author',
    'director+screenplay=Mara Quill/1944',
    '--nobody',
    'dialogue+composer',
  ]
  const evidence = ['--evidence', `registry/institution=${page}`]
  const added = await add(film, ...OLD, ...PUBLIC_DOMAIN, ...evidence, ...makers)
  assert.deepEqual(added['places'], ['EU', 'US'])
  const found = added['term'] as { where: string; isFree: boolean; says: string }[]
  assert.deepEqual(
    found.map(({ where, isFree }) => [where, isFree]),
    [
      ['US', true],
      ['EU but ES', true],
      ['ES', true],
    ],
  )
  const { term, rights: entries } = await record('the-pier')
  assert.equal(entries[0]?.basis.kind, 'public-domain-term')
  assert.deepEqual(term?.film.published, { value: { year: 1926 }, verified: true })
  assert.deepEqual(term.film.origin, { value: 'FR', verified: true })
  assert.deepEqual(
    term.film.authors.map(({ role, kind }) => [role, kind]),
    [
      ['director', 'people'],
      ['screenplay', 'people'],
      ['dialogue', 'nobody'],
      ['composer', 'nobody'],
    ],
  )
})

test('U11: a work that can be shown to be free nowhere is refused with what is missing in each place', async () => {
  const film = join(root, 'nameless.mp4')
  const said = [
    film,
    ...OLD.slice(0, 4),
    '--id',
    'late',
    ...PUBLIC_DOMAIN,
    '--evidence',
    `page/third-party=${page}`,
  ]
  const table: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /US: not known: .*when it was first published/u],
    [['--year', '1950', '--country', 'FR'], /US: protected until the end of 2045/u],
    [
      [
        '--year',
        '1950',
        '--country',
        'FR',
        '--nobody',
        'dialogue+composer',
        '--author',
        'screenplay=A/1951',
      ],
      /EU but ES: not known: who was the director/u,
    ],
    [
      [
        '--year',
        '1950',
        '--country',
        'FR',
        '--author',
        'director+screenplay+dialogue+composer=A/1990',
      ],
      /EU: protected until the end of 2060/u,
    ],
    [['--author', 'director=A/young'], /--author A\/young is not of the form/u],
    [['--author', 'clown=A/1900'], /--author clown is none of/u],
    [['--author', 'director=A', '--nobody', 'director'], /--nobody director: somebody is named/u],
    [['--us-fact', 'renewed=perhaps'], /--us-fact perhaps is none of yes, no/u],
    [['--published', 'long ago'], /--published long ago is no year/u],
  ]
  for (const [args, why] of table)
    await assert.rejects(prepared(...said, ...args), why, args.join(' '))
})

test('U11: an older work inside counts as much as the film, and facts that nobody checked free nothing', async () => {
  const film = join(root, 'nameless.mp4')
  const makers = [
    '--author',
    'director+screenplay=Mara Quill/1944',
    '--nobody',
    'dialogue+composer',
  ]
  const said = [
    ...PUBLIC_DOMAIN.slice(0, 3),
    '--evidence',
    `registry/institution=${page}`,
    ...makers,
  ]
  const part = ['--part', 'underlying=The Old Play; Jane Doe/1990; 1920; GB']
  const adapted = await add(
    film,
    ...OLD,
    '--id',
    'adapted',
    ...said,
    ...part,
    '--checked-by',
    'one',
  )
  assert.deepEqual(adapted['places'], ['US'])
  const unchecked = await add(film, ...OLD, '--id', 'unchecked', ...said)
  assert.deepEqual(unchecked['places'], [])
  const { term } = await record('unchecked')
  assert.equal(term?.film.published?.verified, false)
})

test('somebody at a terminal is asked which episode a film is, what it is called, and who made an old work', async () => {
  const asked: string[] = []
  const ask = async (answers: Readonly<Record<string, string>>, args: readonly string[]) => {
    const { values, films } = readIntakeOptions(args)
    const questions: Questions = {
      ask: async ({ option, text, usual, fault }) => {
        asked.push(`${option}: ${text}`)
        const said = Object.entries(answers).find(([key]) =>
          `${option}: ${text}`.includes(key),
        )?.[1]
        if (said === undefined || said === '') {
          assert.ok(usual !== null, `${option} must be answered`)
          return usual
        }
        assert.equal(fault?.(said) ?? null, null, `${option} ${said}`)
        return said
      },
      [Symbol.dispose]: () => {},
    }
    const tools = { folder, questions, ffmpeg: null, today: '2026-11-21' }
    return await prepareIntake(values, films, tools, new AbortController().signal)
  }
  const named = { 'What it is': 'series', 'Title of S1E1': 'Cast Off', '--subtitles': '' }
  const given = [episodeFile(1), '--title', 'Asked', '--language', 'en', ...rights]
  const { facts, episodes, order } = await ask(named, given)
  assert.deepEqual(
    episodes.map(({ id }) => id),
    ['s1e1'],
  )
  assert.equal(order.folder.endsWith('releases/asked/s1e1'), true)
  assert.match(JSON.stringify(facts.fields['seasons']), /"en":\{"title":"Cast Off"\}/u)
  assert.ok(asked.includes('S1E2=ferry.s01e01.mp4: Which episode ferry.s01e01.mp4 is, as S1E2'))

  const makers = {
    '--licence': 'term',
    'Year of its first publication anywhere': '1926-03',
    'Country of its first publication': 'FR',
    'Who directed it': 'Mara Quill/1944; Jon Reed/1931',
    'Who wrote the screenplay': 'Mara Quill/1944',
    'Who wrote the dialogue': '-',
    'Who wrote music': '-',
  }
  const film = join(root, 'nameless.mp4')
  const evidence = ['--evidence', `registry/institution=${page}`, '--checked-by', 'one']
  const told = ['--title', 'Asked Pier', '--language', 'zxx', '--creator', 'Mara Quill']
  const pier = await ask(makers, [film, ...told, ...evidence])
  assert.deepEqual(pier.order.terms, { kind: 'public-domain', places: ['EU', 'US'] })
  assert.ok(asked.some((each) => each.startsWith('--part: An older work inside')))
})
