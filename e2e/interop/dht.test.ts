import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { openEngine, type Engine } from '@matinee/engine'
import {
  systemClock,
  systemDisk,
  systemHash,
  systemRandom,
  verifyEd25519,
} from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { makeTorrent, type MadeTorrent } from '@matinee/testkit'
import { freePort, isWhole, runLibtorrent, untilTrue } from './clients.ts'

/** Nobody knows anybody: the DHT, begun at a node that has no torrent, is the only way. */
for (const kind of ['v1', 'v2', 'hybrid'] as const) {
  test(`libtorrent's seed of a ${kind} torrent is found through the DHT alone`, async () => {
    await using stage = await Stage.open(kind)
    await stage.libtorrent([stage.torrent, stage.content])
    const torrent = stage.engine.add({ kind: 'metainfo', metainfo: stage.made.metainfo })
    const { length } = stage.made.contents[0] ?? { length: 0 }
    await using reader = await torrent.openFile(0, { start: 0, end: length })
    let at = 0
    for await (const bytes of reader) {
      const expected = stage.made.bytesAt({ start: at, end: at + bytes.length })
      assert.equal(Buffer.compare(bytes, expected), 0)
      at += bytes.length
    }
    assert.equal(at, length)
    assert.deepEqual(torrent.status().trackers, [])
  })

  test(`libtorrent finds our seed of a ${kind} torrent through the DHT alone`, async () => {
    await using stage = await Stage.open(kind)
    const { metainfo } = stage.made
    const filesFrom = [path.join(stage.content, 'film.bin')]
    stage.engine.add({ kind: 'metainfo', metainfo }, { filesFrom })
    await stage.libtorrent([stage.torrent, stage.target])
    const { length } = stage.made.contents[0] ?? { length: 0 }
    const file = path.join(stage.target, 'film.bin')
    await untilTrue(() => isWhole(file, length), 45_000)
  })
}

class Stage implements AsyncDisposable {
  readonly made: MadeTorrent
  readonly torrent: string
  readonly content: string
  readonly target: string
  readonly engine: Engine
  readonly #node: string
  readonly #open: AsyncDisposableStack

  private constructor(parts: {
    made: MadeTorrent
    root: string
    engine: Engine
    node: string
    open: AsyncDisposableStack
  }) {
    this.made = parts.made
    this.torrent = path.join(parts.root, 'film.torrent')
    this.content = path.join(parts.root, 'content')
    this.target = path.join(parts.root, 'target')
    this.engine = parts.engine
    this.#node = parts.node
    this.#open = parts.open
  }

  static async open(kind: 'v1' | 'v2' | 'hybrid'): Promise<Stage> {
    const root = await mkdtemp(path.join(tmpdir(), 'matinee-dht-'))
    const open = new AsyncDisposableStack()
    open.defer(() => rm(root, { recursive: true, force: true, maxRetries: 5 }))
    const made = makeTorrent({ kind, files: [{ path: ['film.bin'], content: 2_000_123 }] })
    const node = `127.0.0.1:${await freePort()}`
    await startLibtorrent(open, [node.slice(node.indexOf(':') + 1), '-'])
    const clock = systemClock()
    const network = open.use(createNetwork({ clock, allowLocal: true }))
    const engine = open.use(
      await openEngine({
        network,
        clock,
        disk: systemDisk(),
        hash: systemHash(),
        random: systemRandom(),
        folder: path.join(root, 'engine'),
        host: '127.0.0.1',
        dht: { bootstrap: [node], verify: verifyEd25519 },
      }),
    )
    const stage = new Stage({ made, root, engine, node, open })
    for (const folder of [stage.content, stage.target]) await mkdir(folder)
    await writeFile(stage.torrent, made.torrentFile)
    const { length } = made.contents[0] ?? { length: 0 }
    await writeFile(path.join(stage.content, 'film.bin'), made.bytesAt({ start: 0, end: length }))
    return stage
  }

  /** A session that begins at the stage's node. */
  async libtorrent(args: readonly string[]): Promise<void> {
    await startLibtorrent(this.#open, [String(await freePort()), this.#node, ...args])
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#open.disposeAsync()
  }
}

/** Starts one, waits until it listens, and has `open` end it. */
async function startLibtorrent(open: AsyncDisposableStack, args: readonly string[]): Promise<void> {
  const isReady = (text: string): boolean => text.includes('"started"')
  open.use(await runLibtorrent('libtorrent-dht.py', args, { port: Number(args[0]), isReady }))
}
