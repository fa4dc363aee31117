import { SHA1_BYTES } from '@matinee/base'
import type { InfoHashes } from '../info-hash.ts'
import type { Layout, PieceIndex } from '../layout/layout.ts'
import type { RawPath } from './file-path.ts'
import { layerKey } from './piece-layers.ts'
import type { Metainfo, MetainfoKind, TorrentFile, checked } from './metainfo.ts'
import { webSeedUrl } from './web-seed-url.ts'

/** Names as the torrent has them: for URLs of web seeds, never for a disk or a screen. */
export interface RawNames {
  readonly name: string
  /** One per file, below {@link name}. */
  readonly paths: readonly RawPath[]
  /** The torrent is one file, without a folder around it. */
  readonly isSingleFile: boolean
}

/** What the validator has found true. */
export interface CheckedParts {
  readonly kind: MetainfoKind
  readonly infoHashes: InfoHashes
  readonly infoBytes: Uint8Array
  readonly name: string
  readonly layout: Layout
  readonly files: readonly TorrentFile[]
  readonly names: RawNames
  /** 20 bytes per piece; `null` in v2-only torrents. */
  readonly v1Hashes: Uint8Array | null
  /** By `layerKey` of the root: one for every file of more than one piece that is known. */
  readonly layers: ReadonlyMap<string, Uint8Array>
  readonly trackers: readonly (readonly string[])[]
  readonly webSeeds: readonly string[]
  readonly isPrivate: boolean
  readonly comment: string | null
  readonly createdBy: string | null
  readonly createdSeconds: number | null
}

/** The one implementation of {@link Metainfo}; not exported from the package. */
export class ParsedMetainfo implements Metainfo {
  declare readonly [checked]: true
  readonly kind: MetainfoKind
  readonly infoHashes: InfoHashes
  readonly infoBytes: Uint8Array
  readonly name: string
  readonly layout: Layout
  readonly files: readonly TorrentFile[]
  readonly trackers: readonly (readonly string[])[]
  readonly webSeeds: readonly string[]
  readonly isPrivate: boolean
  readonly comment: string | null
  readonly createdBy: string | null
  readonly createdSeconds: number | null
  readonly #parts: CheckedParts

  constructor(parts: CheckedParts) {
    this.kind = parts.kind
    this.infoHashes = parts.infoHashes
    this.infoBytes = parts.infoBytes
    this.name = parts.name
    this.layout = parts.layout
    this.files = parts.files
    this.trackers = parts.trackers
    this.webSeeds = parts.webSeeds
    this.isPrivate = parts.isPrivate
    this.comment = parts.comment
    this.createdBy = parts.createdBy
    this.createdSeconds = parts.createdSeconds
    this.#parts = parts
  }

  get pieceLength(): number {
    return this.layout.pieceLength
  }

  get totalLength(): number {
    return this.layout.length
  }

  v1PieceHash(piece: PieceIndex): Uint8Array | null {
    return this.#parts.v1Hashes?.subarray(piece * SHA1_BYTES, (piece + 1) * SHA1_BYTES) ?? null
  }

  pieceLayer(fileIndex: number): Uint8Array | null {
    const file = this.files[fileIndex]
    if (file === undefined) throw new RangeError(`file ${fileIndex} of ${this.files.length}`)
    if (file.piecesRoot === null || file.length <= this.pieceLength) return file.piecesRoot
    return this.#parts.layers.get(layerKey(file.piecesRoot)) ?? null
  }

  webSeedUrl(webSeed: string, fileIndex: number): string {
    const { name, paths, isSingleFile } = this.#parts.names
    const path = paths[fileIndex]
    if (path === undefined) throw new RangeError(`file ${fileIndex} of ${this.files.length}`)
    return webSeedUrl(webSeed, isSingleFile ? [name] : [name, ...path], isSingleFile)
  }

  /** The same torrent knowing more layers, which are already checked. */
  withLayers(more: ReadonlyMap<string, Uint8Array>): ParsedMetainfo {
    return new ParsedMetainfo({
      ...this.#parts,
      layers: new Map([...this.#parts.layers, ...more]),
    })
  }
}
