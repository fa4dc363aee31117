import { SILENT_LOG, type SocketAddress } from '@matinee/base'
import { NODE_ID_BYTES, createSecureId, sharedBits } from '@matinee/protocol'
import {
  FakeClock,
  FakeDisk,
  SeededRandom,
  SimNetwork,
  nodeHash,
  type SimHost,
  type SimHostOptions,
} from '@matinee/testkit'
import { DhtNode } from '../src/dht/dht-node.ts'
import { MainlineDht, type MainlineOptions } from '../src/dht/mainline-dht.ts'
import { Responder } from '../src/dht/responder.ts'
import { verifyEd25519 } from '../src/node/system.ts'

/** The port of every node of a crowd. */
export const NODE_PORT = 6881
/** By this name a crowd's first node is found. */
export const ENTRANCE = `router.example:${NODE_PORT}`

/** A node of a crowd, and what it keeps for others. */
export interface CrowdNode {
  readonly host: SimHost
  readonly node: DhtNode
  readonly responder: Responder
  readonly address: SocketAddress
}

/** How a crowd is made. */
export interface CrowdOptions {
  readonly seed: string
  readonly nodes: number
  /** Where the crowd lives. Default a network of its own. */
  readonly sim?: SimNetwork
  readonly clock?: FakeClock
  /** The line of each host. */
  readonly line?: (random: SeededRandom) => SimHostOptions
}

/** A DHT in one process: nodes that know each other as after some hours of talk, each on a host of its own. */
export class DhtCrowd implements AsyncDisposable {
  readonly clock: FakeClock
  readonly sim: SimNetwork
  readonly random: SeededRandom
  readonly nodes: CrowdNode[] = []
  readonly #open: AsyncDisposable[] = []
  #hosts = 0

  private constructor({ seed, clock, sim }: CrowdOptions) {
    this.clock = clock ?? new FakeClock()
    this.sim = sim ?? new SimNetwork({ clock: this.clock })
    this.random = new SeededRandom(seed)
  }

  static async open(options: CrowdOptions): Promise<DhtCrowd> {
    const crowd = new DhtCrowd(options)
    for (let i = 0; i < options.nodes; i++)
      crowd.nodes.push(await crowd.node(crowd.host(options.line?.(crowd.random))))
    const [first] = crowd.nodes
    if (first) crowd.sim.names.set('router.example', [first.address.host])
    crowd.meet(crowd.nodes)
    return crowd
  }

  /** A host in a network of its own. */
  host(line: SimHostOptions = {}): SimHost {
    const i = this.#hosts++
    return this.sim.host(`${20 + (i >> 8)}.${i & 0xff}.7.1`, line)
  }

  /** A node that answers and knows nobody yet. */
  async node(host: SimHost, id?: Uint8Array): Promise<CrowdNode> {
    const random = this.random.fork(host.address)
    const responder: Responder = new Responder({
      hash: nodeHash,
      random,
      verify: verifyEd25519,
      table: (family) => (family === 'ipv4' ? node.table : null),
    })
    const node: DhtNode = new DhtNode({
      family: 'ipv4',
      network: host.network,
      clock: this.clock,
      random,
      hash: nodeHash,
      log: SILENT_LOG,
      responder,
      ownId: id ?? createSecureId(host.address, random.bytes(NODE_ID_BYTES)),
      isReadOnly: false,
      wants: [],
      onOthers: () => {},
    })
    const address = { host: host.address, port: NODE_PORT }
    await node.bind(address)
    this.#open.push({ [Symbol.asyncDispose]: () => node.close() })
    return { host, node, responder, address }
  }

  /** Every node comes to know those of the others that its table has room for. */
  meet(nodes: readonly CrowdNode[]): void {
    for (const { node } of nodes)
      for (const other of this.random.shuffle(nodes)) {
        // Most of a crowd are far from most others: a hundred of them fill those buckets.
        const isNear = sharedBits(node.ownId, other.node.ownId) > 3
        if (isNear || this.random.chance(0.3))
          node.table.answered({ id: other.node.ownId, address: other.address }, this.clock.nowMs())
      }
  }

  /** Somebody's whole DHT, as an engine has it. */
  dht(host: SimHost, options: Partial<MainlineOptions> = {}): MainlineDht {
    const dht = new MainlineDht({
      network: host.network,
      disk: new FakeDisk(),
      clock: this.clock,
      random: this.random.fork(`dht at ${host.address}`),
      hash: nodeHash,
      log: SILENT_LOG,
      verify: verifyEd25519,
      folder: '/dht',
      at: { host: host.address, port: NODE_PORT },
      bootstrap: [ENTRANCE],
      ...options,
    })
    this.#open.push(dht)
    return dht
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.clock.run(Promise.all(this.#open.map((one) => one[Symbol.asyncDispose]())))
  }
}
