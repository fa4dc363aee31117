import type {
  KeepPrice,
  KeepRefusal,
  KeepWish,
  KeptOfWork,
  KeptPage,
  KeptRoom,
  KeptWork,
  Settings,
} from '#api'
import { summaryOf, type Release } from '@matinee/catalogue'
import type { Torrent } from '@matinee/engine'
import type { FoundWork, ShopWindow } from '../shop-window.ts'
import { copiesIn, removeCopy, type DiskCopy } from '../streams/disk-budget.ts'
import type { TorrentDesk } from '../streams/torrent-desk.ts'
import { keyOf } from '../streams/torrent-source.ts'
import type { Viewer } from '../viewer.ts'
import { titleFor } from '../work-cards.ts'
import { FEW_OTHERS } from './adoptions.ts'
import type { GivingCount } from './giving-count.ts'
import { goingUnder, planKeep, sumOf, type KeepPlan } from './keep-room.ts'
import type { KeptDesk } from './kept-desk.ts'
import type { KeptEntry } from './kept-file.ts'
import { bytesOf } from './kept-files.ts'
import { releasesFor, type WishedRelease } from './wished-releases.ts'

/** What the pages about keeping ask. */
export interface KeptCounterParts {
  readonly desk: KeptDesk
  readonly giving: GivingCount
  readonly torrents: TorrentDesk
  readonly settings: () => Settings
  /** Absolute; where films are kept. */
  readonly mediaFolder: string
  /** Bytes free there; null = the system doesn't say. */
  readonly freeBytes: () => Promise<number | null>
  readonly hasNetwork: () => boolean
}

/** What was asked for, judged. */
interface Judged {
  readonly price: KeepPrice
  readonly plan: KeepPlan
  readonly wished: readonly (WishedRelease & { readonly bytes: number; readonly here: number })[]
}

/** Answers what pages ask about what is kept, and judges whether there is room for more. */
export class KeptCounter {
  readonly #parts: KeptCounterParts

  constructor(parts: KeptCounterParts) {
    this.#parts = parts
  }

  /** What keeping something would take. Null = there is no such film, or it isn't offered here. */
  async price(found: FoundWork, wish: KeepWish, viewer: Viewer): Promise<KeepPrice | null> {
    return (await this.#judge(found, wish, viewer))?.price ?? null
  }

  /** Keeps it, if there is room. Null as for {@link price}. Throws DiskError, and what the file system throws. */
  async keep(
    found: FoundWork,
    workId: string,
    wish: KeepWish,
    viewer: Viewer,
  ): Promise<KeepPrice | null> {
    const judged = await this.#judge(found, wish, viewer)
    if (judged === null || judged.price.refused !== null) return judged?.price ?? null
    const { desk, mediaFolder } = this.#parts
    for (const { name } of judged.plan.goes) await removeCopy(mediaFolder, name)
    const { title } = titleFor(summaryOf(found.record, found.added), viewer)
    for (const { release, episodeIds, bytes, here } of judged.wished) {
      const isKept = await desk.keep({ found, release }, workId, {
        title,
        episodeIds,
        isAdopted: wish.adopt,
        bytes,
        hereBytes: here,
      })
      if (!isKept) return { ...judged.price, refused: 'most' }
    }
    return judged.price
  }

  /** Everything that is kept, as it stands now. */
  async page(window: Pick<ShopWindow, 'cards' | 'withdrawn'>, language: string): Promise<KeptPage> {
    const { desk, giving, torrents, hasNetwork } = this.#parts
    const { works, isPaused, takenBytes, givenBytes } = desk.book
    const ids = works.map(({ workId }) => workId)
    const [cards, withdrawn, open] = await Promise.all([
      window.cards(ids, language),
      window.withdrawn(ids, language),
      torrents.torrents(),
    ])
    const week = giving.week()
    return {
      isReadable: desk.isReadable,
      isPaused,
      hasNetwork: hasNetwork(),
      isQuiet: desk.isQuiet,
      works: works.map((entry) => {
        const withdrawal = withdrawn.get(entry.workId)?.withdrawal ?? null
        const card = cards.get(entry.workId) ?? null
        return { ...this.#work(entry), card, state: desk.stateOf(entry, withdrawal) }
      }),
      overall: { rates: ratesOf(open), takenBytes, givenBytes },
      audience:
        week === null
          ? null
          : { week: week.reduce((sum, { people }) => sum + people, 0), days: [...week] },
    }
  }

  /** What of a work is kept. */
  ofWork(workId: string): KeptOfWork {
    const { desk } = this.#parts
    return {
      releases: desk.book.works
        .filter((entry) => entry.workId === workId)
        .map((entry) => {
          const { id, episodeIds, isAdopted, bytes, hereBytes } = this.#work(entry)
          return { id, episodeIds, isAdopted, bytes, hereBytes, state: desk.stateOf(entry, null) }
        }),
    }
  }

  /** What another budget would do. */
  async room(budgetBytes: number): Promise<KeptRoom> {
    const { keptBytes, loose } = await this.#disk(new Set())
    return { keptBytes, goes: sumOf(goingUnder(budgetBytes, keptBytes, loose)) }
  }

  #work(entry: KeptEntry): Omit<KeptWork, 'card' | 'state'> {
    const working = this.#parts.desk.workingOf(entry.torrent)
    const torrent = working?.torrent ?? null
    const status = torrent?.status()
    const { bytes, hereBytes } = working?.progress ?? entry
    const others = working?.others ?? null
    return {
      id: entry.torrent,
      workId: entry.workId,
      title: entry.title,
      episodeIds: entry.episodeIds === null ? null : [...entry.episodeIds],
      isAdopted: entry.isAdopted,
      others,
      isRare: others !== null && others <= FEW_OTHERS,
      bytes,
      hereBytes,
      people: status?.peers.connected ?? 0,
      rates: ratesOf(torrent === null ? [] : [torrent]),
      takenBytes: entry.takenBytes,
      givenBytes: entry.givenBytes,
      isPaused: entry.isPaused,
    }
  }

  async #judge(found: FoundWork, wish: KeepWish, viewer: Viewer): Promise<Judged | null> {
    const { desk, settings, freeBytes, torrents } = this.#parts
    if (!found.isOffered) return null
    const releases = releasesFor(found, wish, viewer)
    if (releases.length === 0) return null
    const keys = new Set(releases.map(({ release }) => keyOf(release)))
    const { copies, keptBytes, pendingBytes, loose } = await this.#disk(keys)
    const wished = releases.map(({ release, episodeIds }) => {
      const all = this.#withKept(release, episodeIds)
      const bytes = bytesOf(release, all)
      const onDisk = copies.find(({ name }) => name === keyOf(release))?.bytes ?? 0
      return { release, episodeIds: all, bytes, here: Math.min(bytes, onDisk) }
    })
    const [bytes, hereBytes] = [sum(wished, 'bytes'), sum(wished, 'here')]
    const budgetBytes = settings().diskBudgetBytes
    const free = await freeBytes()
    const facts = { bytes, hereBytes, keptBytes, pendingBytes, budgetBytes, freeBytes: free, loose }
    const plan = planKeep(facts)
    const first = releases[0] === undefined ? null : torrents.torrentOf(keyOf(releases[0].release))
    const peers = first?.status().peers
    return {
      plan,
      wished,
      price: {
        bytes,
        missingBytes: bytes - hereBytes,
        keptBytes,
        budgetBytes,
        freeBytes: free,
        goes: sumOf(plan.goes),
        others: peers === undefined || peers.connected === 0 ? null : peers.seeds,
        refused: this.#refusal(desk, [...keys], bytes > hereBytes) ?? plan.refused,
        wantingBytes: plan.wantingBytes,
      },
    }
  }

  #refusal(desk: KeptDesk, keys: readonly string[], isMissing: boolean): KeepRefusal | null {
    if (!desk.isReadable) return 'newer'
    const known = new Set(desk.book.works.map(({ torrent }) => torrent))
    if (!desk.hasPlaces(keys.filter((key) => !known.has(key)).length)) return 'most'
    return isMissing && this.#parts.settings().sharing === 'web-only' ? 'web-only' : null
  }

  /** Episodes that are kept already stay kept. */
  #withKept(release: Release, episodeIds: readonly string[] | null): readonly string[] | null {
    const entry = this.#parts.desk.book.works.find(({ torrent }) => torrent === keyOf(release))
    if (entry === undefined || episodeIds === null) return episodeIds
    return entry.episodeIds === null ? null : [...new Set([...entry.episodeIds, ...episodeIds])]
  }

  /** @param besides torrents that aren't counted: they are judged */
  async #disk(besides: ReadonlySet<string>) {
    const { desk, mediaFolder, torrents } = this.#parts
    const copies = await copiesIn(mediaFolder)
    const others = desk.book.works.filter(({ torrent }) => !besides.has(torrent))
    const here = (torrent: string): number =>
      copies.find(({ name }) => name === torrent)?.bytes ?? 0
    const loose: DiskCopy[] = copies.filter(
      ({ name }) => !besides.has(name) && !desk.isKept(name) && !torrents.isOpen(name),
    )
    return {
      copies,
      loose,
      keptBytes: others.reduce((all, { bytes }) => all + bytes, 0),
      pendingBytes: others.reduce(
        (all, { torrent, bytes }) => all + Math.max(0, bytes - here(torrent)),
        0,
      ),
    }
  }
}

function ratesOf(torrents: readonly Torrent[]): KeptPage['overall']['rates'] {
  const statuses = torrents.map((torrent) => torrent.status())
  return {
    downBytesPerSecond: statuses.reduce((all, each) => all + each.downloadBytesPerSecond, 0),
    upBytesPerSecond: statuses.reduce((all, each) => all + each.uploadBytesPerSecond, 0),
  }
}

function sum<Key extends string>(all: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return all.reduce((total, each) => total + each[key], 0)
}
