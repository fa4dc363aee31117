import { createHash, hash } from 'node:crypto'
import type { Hash } from '@matinee/base'

/** The hash functions of Node, for tests of packages that have theirs injected. */
export const nodeHash: Hash = {
  // A Buffer is not deeply equal to a Uint8Array with the same bytes; tests compare those.
  sha1: (bytes) => new Uint8Array(hash('sha1', bytes, 'buffer')),
  sha256: (bytes) => new Uint8Array(hash('sha256', bytes, 'buffer')),
  startSha1: () => {
    const running = createHash('sha1')
    return {
      update: (bytes) => void running.update(bytes),
      finish: () => new Uint8Array(running.digest()),
    }
  },
}
