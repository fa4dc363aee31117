import { Agent } from 'node:http'
import type { Socket } from 'node:net'
import { assert, SECOND_MS } from '@matinee/base'
import type { Origin } from './connection.ts'

/** How long a connection waits for the next request: the gap between two ranges of a playing film. */
const IDLE_MS = 15 * SECOND_MS
const MAX_IDLE_PER_ORIGIN = 4
const MAX_ORIGINS = 32

/**
 * Node's agent, stripped of its power to connect: it sends requests over connections that are given to
 * it and were checked, and keeps them for the next request to the same origin and the same addresses.
 */
export class PinnedAgent extends Agent {
  #given: Socket | null = null

  constructor(origin: Origin, keepAlive: boolean) {
    super({
      keepAlive,
      maxFreeSockets: MAX_IDLE_PER_ORIGIN,
      timeout: IDLE_MS,
      protocol: origin.isTls ? 'https:' : 'http:',
    })
  }

  /** Whether a request would go out over a connection that is already there. */
  get hasIdle(): boolean {
    return idleOf(this).some((socket) => !socket.destroyed)
  }

  get isEmpty(): boolean {
    return idleOf(this).length === 0 && Object.keys(this.sockets).length === 0
  }

  /** The connection for the next request, which must start in the same turn. */
  give(socket: Socket): void {
    this.#given = socket
  }

  /** Node's hook: called when a request starts and no connection is idle. */
  override createConnection(): Socket {
    const socket = this.#given
    assert(socket !== null, 'an HTTP connection is given, never made, where a request starts')
    this.#given = null
    return socket
  }

  /** Closes a connection that was given and not needed, because one had become idle meanwhile. */
  dropGiven(): void {
    this.#given?.destroy()
    this.#given = null
  }

  closeIdle(): void {
    for (const socket of idleOf(this)) socket.destroy()
  }

  /** Closes what is idle, and what is busy when its answer is over. */
  retire(): void {
    this.maxFreeSockets = 0
    this.closeIdle()
  }
}

function idleOf(agent: Agent): readonly Socket[] {
  return Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])
}

/** The agents of origins that were asked lately. */
export class AgentPool {
  readonly #agents = new Map<string, PinnedAgent>()

  /** The agent for an origin. One whose checked addresses differ is another one. */
  get(origin: Origin): PinnedAgent {
    const key = JSON.stringify([
      origin.isTls,
      origin.host,
      origin.port,
      [...origin.pinned].toSorted(),
    ])
    const agent = this.#agents.get(key) ?? new PinnedAgent(origin, true)
    // Last used last, so that the first in the map is the one to let go.
    this.#agents.delete(key)
    this.#makeRoom()
    this.#agents.set(key, agent)
    return agent
  }

  #makeRoom(): void {
    if (this.#agents.size < MAX_ORIGINS) return
    for (const [key, agent] of this.#agents) if (agent.isEmpty) this.#agents.delete(key)
    for (const [key, agent] of this.#agents) {
      if (this.#agents.size < MAX_ORIGINS) return
      agent.retire()
      this.#agents.delete(key)
    }
  }
}
