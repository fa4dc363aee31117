import { test } from 'node:test'
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { mkdir, mkdtemp, open, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MADE_BOOK, madeRecord, writeMadeFeed } from '@matinee/testkit'
import { runMatinee } from './program-run.ts'

const STARTER = fileURLToPath(new URL('../../../feeds/starter', import.meta.url))

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-test-'))
  try {
    await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Problem {
  readonly file: string
  readonly at: string
  readonly code: string
  readonly advice: string
}

async function problemsOf(folder: string): Promise<readonly Problem[]> {
  const { code, out } = await runMatinee(['feed', 'verify', folder, '--json'])
  assert.equal(code, 1, out)
  return (JSON.parse(out) as { readonly problems: readonly Problem[] }).problems
}

/** A feed of one work: the first made-up one, with fields of its record and of the manifest set. */
async function writeOne(
  folder: string,
  fields: Readonly<Record<string, unknown>>,
  manifest: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const [work] = MADE_BOOK.works
  assert.ok(work !== undefined)
  const record = JSON.stringify({ ...madeRecord(work), ...fields })
  const entry = {
    id: work.id,
    sha256: hash('sha256', record),
    length: Buffer.byteLength(record),
    state: 'offered',
    added: '2026-11-21',
  }
  const head = { type: 'matinee-feed', version: 1, trust: 'bundled', id: 'one' }
  const rest = {
    translations: { en: { name: 'One' } },
    operator: { name: 'Nobody' },
    contact: null,
    issued: '2026-11-21',
  }
  await mkdir(join(folder, 'records'), { recursive: true })
  await writeFile(join(folder, 'records', `${work.id}.json`), record)
  await writeFile(
    join(folder, 'feed.json'),
    JSON.stringify({ ...head, ...rest, records: [entry], ...manifest }),
  )
}

test('the starter feed verifies, here and by its folder, and says bundled in plain words', async () => {
  for (const args of [[], [STARTER]]) {
    const { code, out, err } = await runMatinee(['feed', 'verify', ...args])
    assert.equal(code, 0, err)
    assert.match(out, /^starter: no problem found\n {2}4 works on offer, 5 candidates\n/u)
    assert.match(out, /trust: bundled\. It is trusted as the application itself is/u)
  }
  const { out } = await runMatinee(['feed', 'verify', '--json'])
  const facts = JSON.parse(out) as Record<string, unknown>
  assert.deepEqual([facts['trust'], facts['offered'], facts['problems']], ['bundled', 4, []])
})

test('a problem is named with its file, the place in it, and what to do; the exit code is 1', async () => {
  await inFolder(async (folder) => {
    await writeOne(folder, { year: 'last year' })
    const { code, out } = await runMatinee(['feed', 'verify', folder])
    assert.equal(code, 1)
    const [first, second, third] = out.split('\n')
    assert.match(
      first ?? '',
      /^records\/the-moon-over-the-gasworks\.json \/year: .+ \(wrong-type\)$/u,
    )
    assert.match(second ?? '', /^ {4}\S.+/u)
    assert.equal(third, '1 problem: a feed with any is refused whole.')
    const listed = await runMatinee(['feed', 'list', folder])
    assert.deepEqual([listed.code, listed.out], [1, ''])
    assert.match(listed.err, /has 1 problem: "matinee feed verify" names them/u)
  })
})

test('an offered work that its rights offer nowhere is a problem, and so is a release they do not cover', async () => {
  await inFolder(async (folder) => {
    const entry = {
      component: 'film',
      territories: ['worldwide'],
      basis: { kind: 'licence', licence: 'CC-BY-4.0' },
      evidence: [
        { kind: 'page', speaker: 'rightholder', url: null, on: '2026-01-01', sha256: null },
      ],
      verified: true,
    }
    await writeOne(folder, { rights: [entry] })
    const [unchecked] = await problemsOf(folder)
    assert.deepEqual([unchecked?.code, unchecked?.at], ['not-offerable', '/rights'])
    const checks = [{ by: 'curator', on: '2026-01-02' }]
    await writeOne(folder, { rights: [{ ...entry, checks, covers: ['ab'.repeat(32)] }] })
    assert.equal((await problemsOf(folder))[0]?.code, 'not-offerable')
    await writeOne(folder, { rights: [{ ...entry, checks }] })
    assert.equal((await runMatinee(['feed', 'verify', folder])).code, 0)
  })
})

test('C16: names of files and fields of a hostile feed never reach the terminal as they are', async () => {
  await inFolder(async (folder) => {
    await writeOne(folder, {})
    const hostile = 'x\u001B[2J\u001B]0;owned\u0007\u009B1m\u202Etxt.exe\nforged: no problem.json'
    await writeFile(join(folder, 'records', hostile), '{}')
    const { out, err } = await runMatinee(['feed', 'verify', folder])
    // eslint-disable-next-line no-control-regex
    const unsafe = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u
    assert.doesNotMatch(out + err, unsafe)
    assert.doesNotMatch(out, /^forged/mu)
    const json = await runMatinee(['feed', 'verify', folder, '--json'])
    assert.doesNotMatch(json.out, unsafe)
    assert.equal(json.out.split('\n').length, 2)
    const [problem] = (JSON.parse(json.out) as { readonly problems: readonly Problem[] }).problems
    assert.equal(problem?.file, `records/${hostile}`)
    const missing = await runMatinee(['feed', 'verify', join(folder, 'a\u001B[2Jb')])
    assert.doesNotMatch(missing.err, unsafe)
  })
})

test('C16: a dossier holds every text as text, and nothing that loads or runs', async () => {
  await inFolder(async (folder) => {
    const evil = `<img src=x onerror=alert(1)> "'&amp; </title><script>alert(1)</script>`
    const [work] = MADE_BOOK.works
    assert.ok(work !== undefined)
    await writeOne(
      folder,
      { title: { text: evil } },
      { operator: { name: evil }, translations: { en: { name: evil } } },
    )
    const { code, out } = await runMatinee(['feed', 'dossier', folder])
    assert.equal(code, 0)
    const tags = new Set([...out.matchAll(/<([a-z][a-z\d]*)/gu)].map((match) => match[1]))
    const own =
      'html meta title style h1 h2 p strong table thead tbody tr th td cite br code a b ul li footer'
    for (const tag of tags) assert.ok(own.split(' ').includes(tag ?? ''), String(tag))
    assert.equal(out.split('&lt;img src=x onerror=alert(1)&gt;').length - 1 >= 3, true)
    for (const [, quoted] of out.matchAll(/ (?:href|content)="([^"]*)"/gu))
      assert.doesNotMatch(quoted ?? '', /^(?!https?:)[a-z]+:/u)
  })
})

test('C17: a picture or a record above its cap is not taken into memory, and a link is not followed', async () => {
  await inFolder(async (folder) => {
    await writeOne(folder, {})
    await mkdir(join(folder, 'images'))
    // It takes no room on the disk, and more than a program may read at once.
    const image = await open(join(folder, 'images', `${'0'.repeat(64)}.png`), 'w')
    await image.truncate(3 * 2 ** 30)
    await image.close()
    const record = join(folder, 'records', 'the-moon-over-the-gasworks.json')
    const elsewhere = join(folder, 'elsewhere.json')
    await writeFile(elsewhere, await readFile(record))
    await rm(record)
    await symlink(elsewhere, record)
    const problems = await problemsOf(folder)
    const codes = problems.map(({ file, code }) => `${file.split('/')[0]} ${code}`)
    assert.deepEqual(codes, ['records record-hash'])
  })
})

test('a list names licence and places; candidates say what they wait for', async () => {
  await inFolder(async (folder) => {
    const offered = await runMatinee(['feed', 'list'])
    assert.equal(offered.code, 0)
    assert.match(offered.out, /^Sintel \(2010\)\n {2}id {8}sintel\n {2}licence {3}CC BY 3\.0\n/mu)
    assert.doesNotMatch(offered.out, /waits for|Valkaama/u)
    const waiting = await runMatinee(['feed', 'list', '--candidates'])
    assert.match(
      waiting.out,
      /^Valkaama .+\n {2}id .+\n {2}licence .+\n {2}waits for a torrent, .+\n {2}offered {3}not yet; where its rights allow it: everywhere$/mu,
    )
    await writeMadeFeed(folder)
    const made = await runMatinee(['feed', 'list', folder, '--json'])
    const works = made.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>)
    assert.equal(works.length, MADE_BOOK.works.length - 1)
    assert.equal(
      works.find(({ id }) => id === 'une-saison-au-guichet')?.['places'],
      'Belgium, Switzerland, France, Luxembourg',
    )
    const one = await runMatinee(['feed', 'list', folder, '--candidates', '--json'])
    assert.equal((JSON.parse(one.out) as Record<string, string>)['id'], 'notes-on-an-empty-pool')
  })
})

test('the dossier of the starter feed is the same twice, names every work, and says that nobody can be written to', async () => {
  await inFolder(async (folder) => {
    const out = join(folder, 'dossier.html')
    const wrote = await runMatinee(['feed', 'dossier', '--out', out])
    assert.equal(wrote.code, 0, wrote.err)
    const page = await readFile(out, 'utf8')
    assert.equal(page.trimEnd(), (await runMatinee(['feed', 'dossier'])).out.trimEnd())
    for (const words of ['Sintel', 'CC BY 3.0', 'None named yet.', 'The operator declares'])
      assert.ok(page.includes(words), words)
    assert.equal(page.split('<cite>').length - 1, 4)
    const again = await runMatinee(['feed', 'dossier', '--out', out])
    assert.equal(again.code, 2)
    assert.match(again.err, /is there already/u)
    assert.equal((await runMatinee(['feed', 'dossier', '--out', out, '--force'])).code, 0)
    const french = await runMatinee(['feed', 'dossier', '--language', 'fr'])
    assert.match(french.out, /<html lang="fr">/u)
    assert.match(french.out, /déclare sur l’honneur/u)
  })
})

test('a wrong call of feed gets one clear line and exit code 2', async () => {
  await inFolder(async (folder) => {
    const file = join(folder, 'file')
    await writeFile(file, 'text')
    const table: [readonly string[], RegExp][] = [
      [[], /what to do is missing: one of .*verify, site, list/u],
      [['dance'], /"dance" is none of .*verify, site, list/u],
      [['verify', 'a', 'b'], /"b" is one argument too many/u],
      [['verify', join(folder, 'none')], /there is no such file or folder/u],
      [['verify', file], /is no folder/u],
      [['verify', '--loud'], /there is no option --loud/u],
      [['dossier', '--language', 'tlh'], /tlh is none of en, fr/u],
      [['dossier', '--out', join(folder, 'none', 'x.html')], /can't be written: there is no such/u],
    ]
    for (const [args, reason] of table) {
      const { code, out, err } = await runMatinee(['feed', ...args])
      assert.equal(code, 2, args.join(' '))
      assert.equal(out, '')
      assert.match(err, reason)
      assert.match(err, /^matinee: [^\n]+\n$/u)
    }
  })
  const empty = await inEmpty()
  assert.equal(empty.code, 1)
  assert.match(empty.out, /^feed\.json: is not there \(no-manifest\)\n {4}name the folder/u)
  const help = await runMatinee(['feed', '--help'])
  assert.match(help.out, /^Usage: matinee feed ACT/u)
  for (const call of [
    ['feed', 'verify', '--help'],
    ['help', 'feed', 'verify'],
  ])
    assert.match((await runMatinee(call)).out, /^Usage: matinee feed verify/u)
})

async function inEmpty(): Promise<{ readonly code: number | null; readonly out: string }> {
  let result: { readonly code: number | null; readonly out: string } = { code: null, out: '' }
  await inFolder(async (folder) => {
    result = await runMatinee(['feed', 'verify', folder])
  })
  return result
}
