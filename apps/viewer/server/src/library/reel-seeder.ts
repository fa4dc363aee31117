import type { Log, SocketAddress } from '@matinee/base'
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import * as z from 'zod/mini'

const readySchema = z.object({
  event: z.literal('ready'),
  peer: z.string().check(z.regex(/^127\.0\.0\.1:\d{1,5}$/u)),
  tracker: z.string().check(z.regex(/^http:\/\/127\.0\.0\.1:\d{1,5}\/announce$/u)),
})

/** Payload that the process has sent since it began. */
const servedSchema = z.object({ event: z.literal('served'), bytes: z.number() })

/** Where the seeding process can be reached. */
export interface SeederAddresses {
  readonly peer: SocketAddress
  readonly tracker: string
}

/** The seeding process didn't start, or ended. */
export class SeederError extends Error {
  override readonly name = 'SeederError'
  readonly code = 'seeder'
}

/**
 * The process that gives out the test reel on loopback, so that it comes over real BitTorrent. It ends when
 * its standard input closes: with us, however we end.
 */
export class ReelSeeder {
  readonly #program: string
  readonly #log: Log
  #child: ChildProcess | null = null
  #ready: Promise<SeederAddresses> | null = null

  /** @param program absolute path of the script, run by this Node */
  constructor(program: string, log: Log) {
    this.#program = program
    this.#log = log
  }

  /** Starts it when it isn't running. Throws {@link SeederError} when it ends before it's ready. */
  addresses(): Promise<SeederAddresses> {
    this.#ready ??= this.#start()
    return this.#ready
  }

  /** Ends it, and waits until it has. */
  async close(): Promise<void> {
    const child = this.#child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.stdin?.end()
    const timer = setTimeout(() => child.kill(), 3000)
    await ended
    clearTimeout(timer)
  }

  #start(): Promise<SeederAddresses> {
    const child = spawn(process.execPath, [this.#program], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#child = child
    return new Promise((resolve, reject) => {
      child.stdin.on('error', () => undefined)
      child.once('error', (error) => {
        reject(new SeederError(`cannot start ${this.#program}`, { cause: error }))
      })
      child.once('exit', (code) => {
        // The next film to be opened tries again.
        this.#ready = null
        this.#log.info('seeder ended', { code })
        reject(new SeederError(`the seeding process ended with code ${code}`))
      })
      createInterface(child.stdout).on('line', (line) => {
        const event = parseLine(line)
        const served = servedSchema.safeParse(event)
        if (served.success) this.#log.info('seeder served', { bytes: served.data.bytes })
        const ready = readySchema.safeParse(event)
        if (!ready.success) return
        const [host = '', port = ''] = ready.data.peer.split(':')
        resolve({ peer: { host, port: Number(port) }, tracker: ready.data.tracker })
      })
    })
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // Whatever else it prints is no event.
    return null
  }
}
