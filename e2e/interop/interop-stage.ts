import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openEngine, type Engine } from '@matinee/engine'
import { createTorrent } from '@matinee/engine/create'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork, type EgressNetwork } from '@matinee/net'

/** What a torrent is made as. */
export type Kind = 'v1' | 'v2' | 'hybrid'

/** A file of a torrent's content. */
export interface StageFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A folder of its own with the content, its torrent, and an engine; all gone at the end. */
export class InteropStage implements AsyncDisposable {
  readonly root: string
  readonly content: string
  readonly torrent: string
  readonly metainfo
  readonly network: EgressNetwork
  readonly engine: Engine

  private constructor(
    root: string,
    made: Awaited<ReturnType<typeof createTorrent>>,
    network: EgressNetwork,
    engine: Engine,
  ) {
    this.root = root
    this.content = path.join(root, 'content')
    this.torrent = path.join(root, 'content.torrent')
    this.metainfo = made.metainfo
    this.network = network
    this.engine = engine
  }

  /** `files` become the torrent's content, in pieces of 256 KiB. */
  static async open(kind: Kind, files: readonly StageFile[]): Promise<InteropStage> {
    const root = await mkdtemp(path.join(tmpdir(), 'matinee-interop-'))
    const content = path.join(root, 'content')
    await mkdir(content)
    for (const { name, bytes } of files) await writeFile(path.join(content, name), bytes)
    const made = await createTorrent({ paths: [content], kind, pieceLength: 256 * 1024 })
    await writeFile(path.join(root, 'content.torrent'), made.bytes)
    const clock = systemClock()
    const network = createNetwork({ clock, allowLocal: true })
    const engine = await openEngine({
      network,
      clock,
      disk: systemDisk(),
      hash: systemHash(),
      random: systemRandom(),
      folder: path.join(root, 'engine'),
      host: '127.0.0.1',
    })
    return new InteropStage(root, made, network, engine)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.engine[Symbol.asyncDispose]()
    await this.network[Symbol.asyncDispose]()
    await rm(this.root, { recursive: true, force: true, maxRetries: 5 })
  }
}
