import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8Bytes } from '@matinee/base'
import { parseWorkId, type PublishedWork, type WorkId } from '@matinee/catalogue'
import { makeFilm } from '@matinee/testkit'
import { UsageError } from '../src/command.ts'
import { readIntakeOptions } from '../src/intake/intake-options.ts'
import { prepareIntake } from '../src/intake/intake.ts'
import { makeKey } from '../src/publisher/key-file.ts'
import { PublisherFolder } from '../src/publisher/publisher-folder.ts'
import { openQuestions, type Question, type Questions } from '../src/questions.ts'
import { runMatinee } from './program-run.ts'

const PASSPHRASE = 'six words that nobody would guess'
let root: string
let film: string
let folder: PublisherFolder
let rights: readonly string[]

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'matinee-test-'))
  film = await makeFilm({ folder: root, name: 'film.mp4', durationSeconds: 4 })
  folder = await PublisherFolder.create(join(root, 'publisher'), utf8Bytes('{}'))
  const page = join(root, 'page.html')
  await writeFile(page, '<p>CC BY 4.0</p>')
  rights = [
    ['--licence', 'CC-BY-4.0', '--creator', 'Mara Quill', '--source', 'https://films.example/'],
    ['--evidence', `page/rightholder=${page}`, '--evidence-url', 'https://films.example/licence'],
    ['--checked-by', 'lamplighter'],
  ].flat()
})

after(async () => {
  await rm(root, { recursive: true, force: true })
})

function add(...args: readonly string[]): ReturnType<typeof runMatinee> {
  return runMatinee(['feed', 'add', film, '--feed', folder.path, ...args])
}

async function work(id: string): Promise<PublishedWork> {
  const found = await folder.work(idOf(id))
  assert.ok(found !== null, `${id} is there`)
  return found
}

function idOf(text: string): WorkId {
  const id = parseWorkId(text)
  assert.ok(id !== null)
  return id
}

test('a film becomes a work with everything that was said of it, and its evidence stays apart', async () => {
  const subtitles = join(root, 'subtitles.srt')
  await writeFile(subtitles, '1\n00:00:01,000 --> 00:00:02,000\nHello\n')
  const said = [
    ['--title', 'The Gasworks', '--year', '1931', '--language', 'en', '--genre', 'drama'],
    ['--synopsis', 'en=A town and its light.', '--title-in', 'fr=L’usine à gaz'],
    ['--person', 'director+writer=Mara Quill', '--country', 'FR'],
    ['--subtitles', `en=${subtitles}`, '--external-id', 'wikidata=Q42'],
    ['--donation', 'liberapay=mara', '--payee', 'Mara Quill'],
    ['--tracker', 'udp://tracker.example:6969/announce', '--json'],
  ]
  const { code, out, err } = await add(...said.flat(), ...rights)
  assert.equal(code, 0, err)
  const added = JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, unknown>
  assert.deepEqual(
    [added['event'], added['work'], added['places']],
    ['added', 'the-gasworks', ['worldwide']],
  )
  const { record, makers } = await work('the-gasworks')
  assert.deepEqual(makers, [])
  const { title, year, kind, genres, translations, people, countries, ids, durationSeconds } =
    record
  assert.deepEqual(
    JSON.parse(
      JSON.stringify({
        title,
        year,
        kind,
        genres,
        translations,
        people,
        countries,
        ids,
        durationSeconds,
      }),
    ),
    {
      title: { text: 'The Gasworks' },
      year: 1931,
      kind: 'short',
      genres: ['drama'],
      translations: {
        en: { otherTitles: [], synopsis: 'A town and its light.' },
        fr: { otherTitles: [], title: 'L’usine à gaz' },
      },
      people: [
        { name: 'Mara Quill', roles: ['director', 'writer'], characters: [], otherNames: [] },
      ],
      countries: ['FR'],
      ids: { wikidata: 'Q42' },
      durationSeconds: 4,
    },
  )
  const [release] = record.releases
  const [entry] = record.rights
  assert.ok(release?.kind === 'release')
  assert.deepEqual(
    new Set<string | undefined>(entry?.covers),
    new Set([release.infoHashes.v1, release.infoHashes.v2, release.twin]),
  )
  const [evidence] = await readdir(folder.evidenceFolder(idOf('the-gasworks')))
  assert.equal(evidence, `${entry?.evidence[0]?.sha256}.html`)
  assert.ok(!JSON.stringify(record).includes(root))
})

test('one more release of a work goes beside the first, with rights of its own', async () => {
  const small = await makeFilm({
    folder: root,
    name: 'small.mp4',
    durationSeconds: 4,
    width: 192,
    height: 108,
  })
  const again = await add('--id', 'the-gasworks', ...rights)
  assert.equal(again.code, 2)
  assert.match(again.err, /there already, with a release main: name the new one with --release/u)
  const { code, err } = await runMatinee([
    'feed',
    'add',
    small,
    '--feed',
    folder.path,
    '--id',
    'the-gasworks',
    '--release',
    'small',
    ...rights,
  ])
  assert.equal(code, 0, err)
  const { record } = await work('the-gasworks')
  assert.deepEqual(
    record.releases.map(({ id, label }) => [id, label]),
    [
      ['main', '216p'],
      ['small', '108p'],
    ],
  )
  assert.equal(record.rights.length, 2)
  assert.equal(record.genres[0], 'drama')
})

test('what a crash left of a release is cleared away by the next call, and by nothing else', async () => {
  const place = join(folder.path, 'releases', 'cut-short')
  for (const name of ['main', 'main.Ab3xYz', 'other'])
    await mkdir(join(place, name, 'files'), { recursive: true })
  const { code, err } = await add(
    '--id',
    'cut-short',
    '--title',
    'Cut',
    '--language',
    'zxx',
    ...rights,
  )
  assert.equal(code, 0, err)
  assert.deepEqual((await readdir(place)).toSorted(), ['main', 'other'])
  assert.ok((await readdir(join(place, 'main'))).includes('hybrid.torrent'))
})

test('with --maker the record is signed by its maker, with a key whose passphrase is no argument', async () => {
  const { bytes, signer } = await makeKey('mara', PASSPHRASE)
  const key = join(root, 'mara.key.json')
  await writeFile(key, bytes)
  const { code, err } = await runMatinee(
    ['feed', 'add', film, '--feed', folder.path, '--title', 'Signed', '--language', 'en'].concat(
      rights,
      ['--submission', '--maker', key, '--passphrase-fd', '0'],
    ),
    undefined,
    `${PASSPHRASE}\n`,
  )
  assert.equal(code, 0, err)
  const { makers, record } = await work('signed')
  assert.deepEqual(makers, [signer.publicKey.toHex()])
  assert.deepEqual(record.rights[0]?.basis, {
    kind: 'submission',
    terms: { kind: 'licence', licence: 'CC-BY-4.0' },
  })
})

test('a film that browsers do not play is refused with the line that mends it, before anybody is asked', async () => {
  const path = await makeFilm({
    folder: root,
    name: 'camera.mp4',
    durationSeconds: 3,
    moov: 'last',
  })
  const { code, err } = await runMatinee(['feed', 'add', path, '--feed', folder.path])
  assert.equal(code, 1)
  assert.match(err, /its index is not at the beginning/u)
  assert.ok(
    err.includes(`ffmpeg -i ${path} -map 0:v:0 -map 0:a -c:v copy -c:a copy -movflags +faststart`),
  )
})

test('what is missing or wrong is said by its option, and nothing is made', async () => {
  const before = await readdir(join(folder.path, 'releases'))
  const titled = ['--title', 'Other', '--language', 'en']
  const table: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /--title is missing/u],
    [['--title', 'Ω'], /--id is missing/u],
    [titled, /--licence is missing/u],
    [[...titled, '--licence', 'CC-BY'], /--licence CC-BY is no licence that is known/u],
    [[...titled, ...rights.slice(0, 6)], /--evidence is missing/u],
    [[...titled, ...rights, '--subtitles', 'en'], /--subtitles en is not of the form/u],
    [[...titled, ...rights, '--subtitles', 'english=x'], /english is no language/u],
    [[...titled, ...rights, '--territory', 'Mars'], /--territory Mars is no country/u],
    [[...titled, ...rights, '--tracker', 'gopher://x'], /--tracker gopher:\/\/x is not a usable/u],
    [[...titled, ...rights, '--donation', 'liberapay=x'], /--donation needs --payee/u],
    [[...titled, ...rights, '--own-terms', film], /--own-terms needs --allow/u],
  ]
  for (const [args, why] of table) await assert.rejects(prepared(...args), why, args.join(' '))
  await assert.rejects(prepared(...titled, ...rights, '--genre', 'Not A Token'), {
    name: 'CatalogueError',
    code: 'value',
  })
  const { code, err } = await add('--title', 'Other', '--language', 'en')
  assert.equal(code, 2)
  assert.match(err, /^matinee: --licence is missing/u)
  assert.deepEqual(await readdir(join(folder.path, 'releases')), before)
})

test('somebody at a terminal is asked for what no option said, and asked again for what will not do', async () => {
  const asked: string[] = []
  const answers: Readonly<Record<string, readonly string[]>> = {
    '--title': ['Été'],
    '--id': [''],
    '--year': ['next', '1931'],
    '--language': ['french', 'fr'],
    '--synopsis': [''],
    '--subtitles': [''],
    '--poster': [''],
    '--licence': ['free', 'CC0-1.0'],
    '--creator': ['Mara Quill'],
    '--evidence': ['page.html', `email/rightholder=${film}`],
    '--checked-by': ['lamplighter'],
  }
  const questions = answering(answers, asked)
  const { values, films } = readIntakeOptions([film])
  const {
    facts,
    order,
    rights: found,
  } = await prepareIntake(
    values,
    films,
    { folder, questions, ffmpeg: null, today: '2026-11-21' },
    new AbortController().signal,
  )
  assert.deepEqual(asked, Object.keys(answers))
  assert.deepEqual([facts.id, facts.year, facts.languages], ['ete', 1931, ['fr']])
  assert.equal(order.terms.kind, 'licence')
  assert.equal(found.entry['verified'], true)
  assert.equal(await readFile(join(folder.path, 'publisher.json'), 'utf8'), '{}')
})

/** Everything before something is made, without a terminal. */
async function prepared(...args: readonly string[]): Promise<unknown> {
  const { values, films } = readIntakeOptions([film, ...args])
  using questions = openQuestions()
  const tools = { folder, questions, ffmpeg: null, today: '2026-11-21' }
  return await prepareIntake(values, films, tools, new AbortController().signal)
}

/** Gives the answers of each option in turn; what a question finds fault with leads to the next. */
function answering(
  answers: Readonly<Record<string, readonly string[]>>,
  asked: string[],
): Questions {
  return {
    ask: ({ option, usual, fault }: Question) => {
      asked.push(option)
      for (const answer of answers[option] ?? []) {
        if (answer === '' && usual !== null) return Promise.resolve(usual)
        if ((fault?.(answer) ?? null) === null) return Promise.resolve(answer)
      }
      return Promise.reject(new UsageError(`no answer for ${option} is good`))
    },
    [Symbol.dispose]: () => {},
  }
}
