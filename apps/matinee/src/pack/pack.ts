/**
 * Cinema on a stick: one folder with the program, the Node it runs on, a feed and films, which starts on another Linux
 * computer without a network:
 *
 *     matinee, READ-ME.txt            how it's started, written last
 *     program/                        this copy of Matinee, built, with the packages that it runs with
 *     runtime/node                    the Node that runs it
 *     source/                         the program's own source
 *     feed/ works/ releases/ …        a publisher's folder without keys and evidence: "matinee seed" gives it out
 */
import { execFile } from 'node:child_process'
import {
  chmod,
  cp,
  lstat,
  mkdir,
  readdir,
  rm,
  stat,
  statfs,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import type { Sha256Text } from '@matinee/catalogue'
import { systemDisk } from '@matinee/engine/system'
import { folderSource } from '../publisher/feed-source.ts'
import { readHeritage, type FeedHeritage } from '../relaunch/feed-heritage.ts'
import { sizeWords } from '../size-words.ts'
import { SOURCE_FOLDER } from '../source/named-source.ts'
import { makeSourceRelease } from '../source/source-release.ts'
import { chooseFilms, type ChosenRelease, type FilmChoice, type FilmWish } from './film-choice.ts'
import { findPlace, type FilmPlace } from './film-place.ts'
import { exportFilm } from './kept-film.ts'
import { writeOpenPublisher } from './open-publisher.ts'
import { PackError } from './pack-error.ts'
import { programParts, type ProgramParts } from './program-parts.ts'
import { LAUNCHER, READ_ME } from './stick-texts.ts'

/** What is packed, and where. */
export interface PackOrder {
  /** New or empty. Absolute. */
  readonly path: string
  /** Where feed and films are: see {@link findPlace}. Absolute. */
  readonly from: string
  /** Which of the feeds that are followed there; `null` = the only one. */
  readonly fingerprint: Sha256Text | null
  readonly wish: FilmWish
  /** The root of this copy of Matinee. */
  readonly root: string
  /** The Node that runs. */
  readonly node: string
  readonly nowMs: number
  /** What is being copied, and how many bytes of how many are there. */
  readonly onProgress: (what: string, doneBytes: number, totalBytes: number) => void
  readonly signal: AbortSignal
}

/** A stick that was made. */
export interface Packed {
  readonly feed: FeedHeritage
  readonly films: FilmChoice
  readonly bytes: number
}

/** What of a release is given out. */
const OF_A_RELEASE = ['files', 'hybrid.torrent', 'v1.torrent', 'head-pack'] as const
/** What may lie in the root of an empty disk. */
const OF_THE_DISK: ReadonlySet<string> = new Set(['lost+found', '.Trash-1000'])
const run = promisify(execFile)
const START_MS = 60_000

interface CopyStep {
  readonly what: string
  readonly from: string
  /** From the stick's root. */
  readonly to: string
  readonly bytes: number
}

/** Makes a stick. Throws {@link PackError}, PublisherError, what the file system throws, and the signal's reason. */
export async function pack(order: PackOrder): Promise<Packed> {
  const { path, from, root, node, nowMs, onProgress, signal } = order
  if (process.platform !== 'linux')
    throw new PackError('system', 'a stick is made on Linux, for Linux')
  const place = await findPlace(from, order.fingerprint)
  const feed = await readHeritage(folderSource(systemDisk(), place.feed), nowMs)
  const chosen = await chooseFilms(feed, place, order.wish)
  const program = await programParts(root)
  await takePlace(path)
  const steps = await copySteps(order, place, chosen, program)
  const bytes = steps.reduce((sum, step) => sum + step.bytes, 0) + keptBytes(chosen)
  const { bavail, bsize } = await statfs(path)
  if (bytes > bavail * bsize)
    throw new PackError(
      'place',
      `${sizeWords(bytes)} are needed, and ${sizeWords(bavail * bsize)} are free in ${path}`,
    )
  let done = 0
  for (const step of steps) {
    signal.throwIfAborted()
    onProgress(step.what, done, bytes)
    const target = join(path, step.to)
    await mkdir(dirname(target), { recursive: true })
    await cp(step.from, target, {
      recursive: true,
      preserveTimestamps: true,
      verbatimSymlinks: true,
    })
    done += step.bytes
  }
  const films = await putKept(order, chosen)
  await writeOpenPublisher(path, feed, new Set(films.releases.map(({ work }) => work)))
  await putLinks(join(path, 'program'), program)
  await mkdir(join(path, SOURCE_FOLDER), { recursive: true })
  await makeSourceRelease(root, join(path, SOURCE_FOLDER), signal)
  await openToAll(path)
  onProgress('trying whether it starts', bytes, bytes)
  await tryStart(path, node, signal)
  await writeFile(join(path, 'READ-ME.txt'), READ_ME)
  // Last: what has no launcher isn't whole.
  await writeFile(join(path, 'matinee'), LAUNCHER, { mode: 0o755 })
  return { feed, films, bytes }
}

/** A folder that is empty, and can hold what a program needs. */
async function takePlace(path: string): Promise<void> {
  await mkdir(path, { recursive: true })
  const names = (await readdir(path)).filter((name) => !OF_THE_DISK.has(name))
  if (names.length > 0) throw new PackError('place', `${path} isn't empty: name a new folder`)
  const probe = join(path, '.matinee-probe')
  try {
    await writeFile(probe, '', { mode: 0o755 })
    await symlink('.matinee-probe', `${probe}-link`)
    const isProgram = ((await stat(probe)).mode & 0o100) !== 0
    if (!isProgram) throw new Error('no permission to execute is kept')
  } catch (error) {
    throw new PackError(
      'place',
      `${path} lies on a disk that keeps no links or programs, as sticks formatted for Windows: format it with ext4, or pack elsewhere and carry a tar of it`,
      { cause: error },
    )
  } finally {
    await rm(probe, { force: true })
    await rm(`${probe}-link`, { force: true })
  }
}

async function copySteps(
  { root, node }: PackOrder,
  place: FilmPlace,
  { releases }: FilmChoice,
  { parts }: ProgramParts,
): Promise<CopyStep[]> {
  const steps: CopyStep[] = []
  const add = async (what: string, source: string, to: string): Promise<void> => {
    steps.push({ what, from: source, to, bytes: await bytesOf(source) })
  }
  await add('Node', node, 'runtime/node')
  for (const part of parts) await add('the program', join(root, part.path), `program/${part.path}`)
  await add('the feed', place.feed, 'feed')
  for (const { work, release, from } of releases)
    if (from.kind === 'files')
      for (const name of OF_A_RELEASE)
        if ((await stat(join(from.folder, name)).catch(() => null)) !== null)
          await add(
            `the film ${work}`,
            join(from.folder, name),
            `releases/${work}/${release}/${name}`,
          )
  return steps
}

/** While one is written its copy is there, too. */
function keptBytes({ releases }: FilmChoice): number {
  const lengths = releases.flatMap(({ from }) =>
    from.kind === 'kept' ? from.film.torrents.metainfo.files.map(({ length }) => length) : [],
  )
  return 2 * lengths.reduce((sum, length) => sum + length, 0)
}

/** Films as an engine keeps them become files; those that aren't here whole are missing. */
async function putKept(
  { path, onProgress, signal }: PackOrder,
  { releases, missing }: FilmChoice,
): Promise<FilmChoice> {
  const whole: ChosenRelease[] = []
  for (const each of releases) {
    const { work, release, from } = each
    const to = join(path, 'releases', work, release)
    onProgress(`the film ${work}`, 1, 1)
    const isHere =
      from.kind === 'files' || (await exportFilm(from.film, to, join(path, '.films'), signal))
    if (isHere) whole.push(each)
  }
  if (whole.length === 0) throw new PackError('choice', 'none of these films is here whole')
  const gone = releases
    .map(({ work }) => work)
    .filter((id) => !whole.some(({ work }) => work === id))
  return { releases: whole, missing: [...missing, ...new Set(gone)] }
}

async function bytesOf(path: string): Promise<number> {
  const facts = await lstat(path)
  if (!facts.isDirectory()) return facts.size
  let bytes = 0
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) bytes += (await lstat(join(entry.parentPath, entry.name))).size
  return bytes
}

/** On another computer its files belong to somebody else; a publisher's are for the publisher's eyes. */
async function openToAll(path: string): Promise<void> {
  await chmod(path, 0o755)
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink() || OF_THE_DISK.has(entry.name)) continue
    const place = join(entry.parentPath, entry.name)
    const { mode } = await stat(place)
    const isRun = entry.isDirectory() || (mode & 0o100) !== 0
    await chmod(place, isRun ? 0o755 : 0o644)
  }
}

async function putLinks(program: string, { links }: ProgramParts): Promise<void> {
  for (const { path, target } of links) {
    const place = join(program, path)
    await mkdir(dirname(place), { recursive: true })
    await symlink(relative(dirname(place), join(program, target)), place)
  }
}

/** Everything that the viewer is made of is loaded once, from there. */
async function tryStart(path: string, node: string, signal: AbortSignal): Promise<void> {
  const main = join(path, 'program/apps/matinee/src/main.ts')
  try {
    const options = { cwd: path, signal, timeout: START_MS }
    const packedNode = join(path, 'runtime', 'node')
    const { stdout } = await run(packedNode, [main, '--help'], options)
    if (!stdout.startsWith('Matinee ')) throw new Error(`it said ${stdout.slice(0, 100)}`)
  } catch (error) {
    signal.throwIfAborted()
    const why = `what was packed doesn't start with ${node}`
    throw new PackError('start', why, { cause: error })
  }
}
