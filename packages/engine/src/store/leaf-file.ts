import { LIMITS, TurnQueue, toHex, type Disk, type Log } from '@matinee/base'
import { BencodeDictionary, type BencodeValue, type HashRequest } from '@matinee/protocol'
import { loadBencoded, saveBencoded, type BencodedPlace } from './bencoded-file.ts'

/** Merkle leaves of consecutive blocks with their way up (BEP 52), as an honest peer would answer for them. */
export interface LeafPage {
  readonly request: HashRequest
  readonly hashes: Uint8Array
}

/**
 * Keeps the leaves of pieces that are here in part, so that the next start can tell which of their blocks are right
 * without fetching them again. What is read back is proved anew: it is believed as little as a peer's word.
 */
export class LeafFile implements AsyncDisposable {
  readonly #place: BencodedPlace
  readonly #saves = new TurnQueue()
  #saved = ''

  constructor(parts: { readonly disk: Disk; readonly log: Log; readonly folder: string }) {
    const { disk, log, folder } = parts
    this.#place = { disk, log, folder, name: 'leaves', mostBytes: LIMITS.leafFileBytes }
  }

  /** What {@link save} kept, unproved. Never throws. */
  async load(): Promise<readonly LeafPage[]> {
    const dictionary = await loadBencoded(this.#place)
    const pages = (dictionary.list('pages') ?? []).slice(0, LIMITS.leafPages).flatMap(pageOf)
    this.#saved = nameOf(pages)
    return pages
  }

  /** Keeps these and no others. A disk that refuses costs only what is fetched again. */
  save(pages: readonly LeafPage[]): void {
    const kept = pages.slice(-LIMITS.leafPages)
    const name = nameOf(kept)
    if (name === this.#saved) return
    this.#saved = name
    const dictionary = BencodeDictionary.from({ pages: kept.map(dictionaryOf) })
    void this.#saves.run(async () => {
      if (!(await saveBencoded(this.#place, dictionary)) && this.#saved === name) this.#saved = '?'
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#saves.idle()
  }
}

/** What tells one set of pages from another. */
function nameOf(pages: readonly LeafPage[]): string {
  return pages
    .map(({ request }) => `${toHex(request.piecesRoot)} ${request.index} ${request.proofLayers}`)
    .join('\n')
}

function dictionaryOf({ request, hashes }: LeafPage): BencodeDictionary {
  return BencodeDictionary.from({
    root: request.piecesRoot,
    index: request.index,
    length: request.length,
    proofs: request.proofLayers,
    hashes,
  })
}

function pageOf(value: BencodeValue): LeafPage[] {
  if (!(value instanceof BencodeDictionary)) return []
  const piecesRoot = value.bytes('root')
  const index = value.integer('index')
  const length = value.integer('length')
  const proofLayers = value.integer('proofs')
  const hashes = value.bytes('hashes')
  if (!piecesRoot || !hashes) return []
  if (index === undefined || length === undefined || proofLayers === undefined) return []
  return [{ request: { piecesRoot, baseLayer: 0, index, length, proofLayers }, hashes }]
}
