import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { concatBytes } from '@matinee/base'
import { findProgram } from '@matinee/viewer'
import { ReleaseError } from './release-order.ts'

/** The most that comes out of one run: a sheet of thumbnails, a picture. */
const MOST_BYTES = 16 * 1024 * 1024
const MOST_WORDS = 2000

/** The path of the system's ffmpeg; `null` = there is none. It is never bundled. */
export const findFfmpeg = (): Promise<string | null> => findProgram('ffmpeg')

/**
 * Runs ffmpeg without a shell and gives what it writes to its output. It may open files that its arguments
 * name, and nothing else: a playlist in a film's clothes can't make it ask a network.
 *
 * Throws {@link ReleaseError} `picture` with its last words, and the signal's reason.
 *
 * @param args without the input's options about protocols; inputs are `file:` paths
 */
export async function runFfmpeg(
  ffmpeg: string,
  input: { readonly path: string; readonly options?: readonly string[] },
  args: readonly string[],
  signal: AbortSignal,
): Promise<Uint8Array> {
  signal.throwIfAborted()
  const all = ['-nostdin', '-hide_banner', '-loglevel', 'error', '-y']
  all.push('-protocol_whitelist', 'file,pipe', ...(input.options ?? []))
  all.push('-i', `file:${input.path}`, ...args)
  const child = spawn(ffmpeg, all, { stdio: ['ignore', 'pipe', 'pipe'], signal })
  const chunks: Uint8Array[] = []
  let length = 0
  let words = ''
  child.stdout.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > MOST_BYTES) child.kill('SIGKILL')
    else chunks.push(chunk)
  })
  child.stderr.on(
    'data',
    (chunk: Buffer) => (words = `${words}${String(chunk)}`.slice(-MOST_WORDS)),
  )
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    if (code === 0) return concatBytes(chunks)
  } catch (cause) {
    signal.throwIfAborted()
    throw new ReleaseError('picture', `ffmpeg can't be run: ${ffmpeg}`, { cause })
  }
  signal.throwIfAborted()
  const last = words.trim().split('\n').at(-1) ?? ''
  throw new ReleaseError('picture', `ffmpeg makes nothing of ${input.path}: ${last}`)
}
