import {
  type KnownWorks,
  type ReadWork,
  type VerifiedFeed,
  type WorksReading,
  readWorks,
  rolesWithWorks,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'

/** Nothing. */
export const NO_WORKS: KnownWorks = { edition: 0, works: new Map() }

/** What a reading told, file by file and work by work. */
export interface ToldWorks {
  readonly reading: WorksReading
  readonly changed: ReadonlyMap<string, ReadWork>
  readonly removed: readonly string[]
  /** Bytes of the packs that were asked for. */
  readonly bytes: number
}

/** Reads the works of a role (default: the publisher) from a source that is a list of files. */
export function readAllWorks(
  feed: VerifiedFeed,
  known: KnownWorks,
  files: ReadonlyMap<string, Uint8Array>,
  name = 'targets',
): ToldWorks {
  const role = rolesWithWorks(feed).find((each) => each.name === name)
  if (role === undefined) throw new RangeError(`no role ${name}`)
  const changed = new Map<string, ReadWork>()
  const removed: string[] = []
  let bytes = 0
  const check = readWorks(feed, role, known, systemFeedCrypto())
  let step = check.next()
  while (step.done !== true) {
    let given: Uint8Array | null = null
    const { value } = step
    if (value.kind === 'file') {
      given = files.get(value.wanted.path) ?? null
      bytes += given?.length ?? 0
    } else if (value.kind === 'removed') removed.push(value.id)
    else changed.set(value.id, value.read)
    step = check.next(given)
  }
  return { reading: step.value, changed, removed, bytes }
}
