/** What is withheld, on the disk: a feed that the viewer lets decide does so from the first answer after a start. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Withholding } from '../search/withheld-works.ts'
import { logUpward } from './worker-messages.ts'

const NAME = 'withheld.json'

/** What was written; nothing when there is no such file, or it can't be read, which is said in the log. */
export function readWithholdings(folder: string): readonly Withholding[] {
  try {
    const read: unknown = JSON.parse(readFileSync(join(folder, NAME), 'utf8'))
    if (Array.isArray(read) && read.every(isWithholding)) return read
    throw new SyntaxError('it is no list of hashes')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    const reason = error instanceof Error ? error.message : String(error)
    logUpward('warn', 'catalogue-withheld-not-read', { reason })
    return []
  }
}

/** Writes it in the place of what was there. Throws what the file system throws. */
export function writeWithholdings(folder: string, withheld: readonly Withholding[]): void {
  const path = join(folder, NAME)
  writeFileSync(`${path}.new`, JSON.stringify(withheld), { flush: true })
  renameSync(`${path}.new`, path)
}

function isWithholding(value: unknown): value is Withholding {
  if (typeof value !== 'object' || value === null) return false
  if (!('feedId' in value) || !('hashes' in value) || typeof value.feedId !== 'string') return false
  return Array.isArray(value.hashes) && value.hashes.every((hash) => typeof hash === 'string')
}
