import { join } from 'node:path'
import {
  type CuratorOrder,
  type FeedCrypto,
  ROLE_LIMITS,
  type TargetsRole,
  TrustError,
  openCuratorFile,
  roleFile,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { folderSource } from './feed-source.ts'
import { PublisherError } from './publisher-error.ts'
import type { PublisherFolder } from './publisher-folder.ts'

const CRYPTO: FeedCrypto = systemFeedCrypto()

/** The newest file of a curator in a folder; `null` = there is none. Throws {@link PublisherError} `refused` when it isn't right. */
export async function newestCuratorFile(
  { disk }: Pick<PublisherFolder, 'disk'>,
  curator: CuratorOrder,
  from: string,
): Promise<{ readonly role: TargetsRole; readonly bytes: Uint8Array } | null> {
  const end = `.${curator.name}.json`
  const versions = (await disk.list(join(from, 'metadata')))
    .filter((each) => each.endsWith(end) && /^\d{1,16}$/u.test(each.slice(0, -end.length)))
    .map((each) => Number(each.slice(0, -end.length)))
  if (versions.length === 0) return null
  const file = roleFile(curator.name, Math.max(...versions))
  const bytes = await folderSource(disk, from)(file, ROLE_LIMITS.targets.bytes)
  if (bytes === null) return null
  return { role: refusing(() => openCuratorFile(bytes, curator, file, CRYPTO)), bytes }
}

function refusing<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw refusalOf(error)
  }
}

/** What a reader refuses in what a curator signed, as the publisher is told; anything else as it is. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof TrustError)) return error
  return new PublisherError('refused', `what the curator signed isn't right: ${error.message}`, {
    cause: error,
  })
}
