/** Pages of a candidate, kept byte for byte under their hash. They stay with the curator. */
import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemDisk } from '@matinee/engine/system'
import { writeDurably } from '../publisher/durable-file.ts'
import type { PoliteWeb, WebPage } from './fetch/polite-web.ts'
import type { HarvestEntry, KeptPage } from './harvest-state.ts'
import type { LearnedFrom } from '@matinee/base'

/** A page that is to be kept. */
export interface PageOrder {
  readonly url: string
  readonly learnedFrom: LearnedFrom
  readonly maxBytes: number
}

/** The end of a copy's name; never what a stranger's address says. */
const ENDINGS: Readonly<Record<string, string>> = {
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'application/json': 'json',
  'text/plain': 'txt',
  'application/pdf': 'pdf',
}

/** A kept page and its bytes. */
export interface ReadPage {
  readonly kept: KeptPage
  readonly bytes: Uint8Array
}

/** Where the pages of one candidate lie. */
export class EvidenceFolder {
  readonly #folder: string
  readonly #web: PoliteWeb
  readonly #today: string
  readonly #onKept: () => Promise<void>

  /**
   * @param today the day that pages are dated with, `YYYY-MM-DD`
   * @param onKept told when a candidate names a new copy: a run that is killed later needn't ask for it again
   */
  constructor(folder: string, web: PoliteWeb, today: string, onKept: () => Promise<void>) {
    this.#folder = folder
    this.#web = web
    this.#today = today
    this.#onKept = onKept
  }

  /**
   * The page that was kept of an address in this or an earlier run, or a new copy of it, which `entry` then names.
   * Throws {@link HarvestError}, what the disk throws, or the signal's reason.
   */
  async page(entry: HarvestEntry, order: PageOrder, signal: AbortSignal): Promise<ReadPage> {
    const before = entry.pages.find(({ url }) => url === order.url)
    const bytes = before === undefined ? null : await this.#read(before)
    if (before !== undefined && bytes !== null) return { kept: before, bytes }
    const page = await this.#web.page({ ...order, signal })
    const kept = await this.#keep(order.url, page)
    entry.pages = [...entry.pages.filter(({ url }) => url !== order.url), kept]
    await this.#onKept()
    return { kept, bytes: page.bytes }
  }

  async #keep(url: string, { bytes, type }: WebPage): Promise<KeptPage> {
    const sha256 = hash('sha256', bytes, 'hex')
    const path = `evidence/${sha256}.${ENDINGS[type] ?? 'bin'}`
    await writeDurably(systemDisk(), join(this.#folder, path), bytes)
    return { url, path, sha256, on: this.#today }
  }

  /** `null` when the copy is gone or isn't what it was. */
  async #read({ path, sha256 }: KeptPage): Promise<Uint8Array | null> {
    const bytes = await readFile(join(this.#folder, path)).catch(() => null)
    return bytes !== null && hash('sha256', bytes, 'hex') === sha256 ? bytes : null
  }
}
