import { dirname, join } from 'node:path'
import { utf8Bytes } from '@matinee/base'
import * as z from 'zod/mini'
import { PublisherError } from './publisher-error.ts'
import type { PublisherFolder } from './publisher-folder.ts'

/** What is to be done to publish what was signed. */
export interface PublishingPlan {
  /** Files of `feed.next/` that go into `feed/`, but for those that switch. */
  readonly files: readonly string[]
  /** Those that make readers see the new version, in the order in which they are put in their places. */
  readonly switches: readonly string[]
  /** Files of `feed/` that nobody needs afterwards. */
  readonly stale: readonly string[]
  /** The timestamp's version. */
  readonly version: number
}

const PLAN = 'plan.json'
const PLAN_BYTES = 64 * 1024 * 1024
const BEGUN = 'begun'

/** Folders of a feed with files in them, but for those of packs. */
const FOLDERS = ['metadata', 'targets', 'images', 'heads'] as const

const name = z
  .string()
  .check(z.regex(/^(?:[A-Za-z0-9][A-Za-z0-9._-]*\/)*[A-Za-z0-9][A-Za-z0-9._-]*$/u))
const planSchema = z.strictObject({
  files: z.array(name),
  switches: z.array(name),
  stale: z.array(name),
  version: z.int(),
})

/** What was signed and isn't published: `feed.next/`. */
export class NextFiles {
  readonly #folder: PublisherFolder
  readonly #files = new Set<string>()
  #bytes = 0

  private constructor(folder: PublisherFolder) {
    this.#folder = folder
  }

  /** Begins anew: what was signed before is gone, its plan first. */
  static async begin(folder: PublisherFolder): Promise<NextFiles> {
    await NextFiles.clear(folder)
    return new NextFiles(folder)
  }

  /** Removes what was signed. */
  static async clear(folder: PublisherFolder): Promise<void> {
    const { disk, nextFolder } = folder
    for (const file of [PLAN, BEGUN]) await disk.remove(join(nextFolder, file))
    await disk.makeFolder(nextFolder)
    await disk.syncFolder(nextFolder)
    for (const file of await feedFileNames(folder, nextFolder))
      await disk.remove(join(nextFolder, file))
  }

  /** The plan of what was signed; `null` = nothing was. Throws {@link PublisherError} `damaged`. */
  static async plan(folder: PublisherFolder): Promise<PublishingPlan | null> {
    const bytes = await folder.read(join('feed.next', PLAN), PLAN_BYTES)
    if (bytes === null) return null
    const plan = planSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    if (plan.success) return plan.data
    throw new PublisherError(
      'damaged',
      'feed.next/plan.json was changed: "matinee feed sign" again',
    )
  }

  /** Whether publishing was begun, so that it must be brought to its end. */
  static async isBegun(folder: PublisherFolder): Promise<boolean> {
    return (await folder.disk.facts(join(folder.nextFolder, BEGUN))) !== null
  }

  /** Says that publishing has begun. */
  static async setBegun(folder: PublisherFolder): Promise<void> {
    await folder.write(join('feed.next', BEGUN), utf8Bytes('1\n'))
  }

  /** Adds a file, unless the feed has it: what has a hash or version in its name never changes. */
  async add(path: string, bytes: Uint8Array): Promise<void> {
    if (this.#files.has(path)) return
    const isKept = path !== 'metadata/timestamp.json' && path !== 'pointer'
    if (isKept && (await this.has(path))) return
    this.#files.add(path)
    this.#bytes += bytes.length
    await this.#folder.write(join('feed.next', path), bytes)
  }

  /** Whether the feed has a file already, whole. */
  async has(path: string): Promise<boolean> {
    return (await this.#folder.disk.facts(join(this.#folder.feedFolder, path))) !== null
  }

  /** Names of the files that were added. */
  get files(): readonly string[] {
    return [...this.#files]
  }

  /** Bytes of all files that were added. */
  get bytes(): number {
    return this.#bytes
  }

  /** Says what to do with it all. From here on it can be published. */
  async finish(plan: PublishingPlan): Promise<void> {
    await this.#folder.write(join('feed.next', PLAN), utf8Bytes(`${JSON.stringify(plan)}\n`))
  }
}

/** Names of all files in a feed's folder, sorted; others that lie there are left out. */
export async function feedFileNames(
  folder: PublisherFolder,
  feed: string,
): Promise<readonly string[]> {
  const { disk } = folder
  const within = async (path: string): Promise<string[]> =>
    (await disk.list(join(feed, path))).map((each) => `${path}/${each}`)
  const packs = await Promise.all((await within('targets/packs')).map(within))
  const flat = await Promise.all(FOLDERS.map(within))
  const names = [...flat.flat(), ...packs.flat()].filter((each) => each !== 'targets/packs')
  const hasPointer = (await disk.facts(join(feed, 'pointer'))) !== null
  return [...names, ...(hasPointer ? ['pointer'] : [])].toSorted()
}

/** The folders that files lie in, those above first. */
export function foldersOf(files: readonly string[]): readonly string[] {
  const all = files.flatMap((file) => {
    const folders: string[] = []
    for (let at = dirname(file); at !== '.'; at = dirname(at)) folders.push(at)
    return folders
  })
  return [...new Set(all)].toSorted()
}
