/** Somebody's Matinee, on this computer, asked by its API as its pages ask. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { SILENT_LOG, addressKey } from '@matinee/base'
import { systemClock } from '@matinee/engine/system'
import { createNetwork, type EgressNetwork } from '@matinee/net'
import { letIn, type LetInPage } from '@matinee/testkit'
import { startViewer, type ViewerServer } from '@matinee/viewer'
import { settle } from './settled-folder.ts'

const PATIENCE_MS = 150_000

/** A followed feed as the viewer tells of it. */
export interface ToldFeed {
  readonly id: string
  readonly fingerprint: string
  readonly works: number
  readonly state: { readonly kind: string; readonly days?: number }
  readonly progress: { readonly kind: string }
  readonly sources: readonly { readonly kind: string; readonly state: string }[]
}

/** An installation: its own data folder and its own way to the network. */
export class Installation implements AsyncDisposable {
  readonly page: LetInPage
  readonly viewer: ViewerServer
  readonly #network: EgressNetwork
  readonly #open: AsyncDisposableStack

  private constructor(
    page: LetInPage,
    viewer: ViewerServer,
    network: EgressNetwork,
    open: AsyncDisposableStack,
  ) {
    this.page = page
    this.viewer = viewer
    this.#network = network
    this.#open = open
  }

  /**
   * @param entrances to the DHT; empty = it knows nobody there
   * @param decisions settings that differ from those that are usual in tests
   */
  static async start(
    folder: string,
    entrances: readonly string[],
    decisions: Readonly<Record<string, unknown>> = {},
  ): Promise<Installation> {
    await using open = new AsyncDisposableStack()
    await settle(folder, decisions)
    const network = open.use(createNetwork({ clock: systemClock(), allowLocal: true }))
    const viewer = await startViewer({
      dataFolder: folder,
      feeds: [],
      port: 0,
      log: SILENT_LOG,
      network,
      dhtEntrances: entrances,
    })
    open.defer(() => viewer.close())
    const page = await letIn(viewer.newLaunchUrl())
    return new Installation(page, viewer, network, open.move())
  }

  /** Where others find its DHT, as it would be passed on by word of mouth. */
  async entrance(): Promise<string> {
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until;) {
      const open = this.#network.openNow().find(({ kind, local }) => kind === 'datagrams' && local)
      if (open?.local) return addressKey({ host: '127.0.0.1', port: open.local.port })
      await delay(100)
    }
    return assert.fail('it never came into the DHT')
  }

  /** Looks again and again, as somebody does who was told that it's there. */
  async follow(address: string, fingerprint: string): Promise<void> {
    for (const until = performance.now() + PATIENCE_MS; ; await delay(500)) {
      const answer = await this.page.ask('/api/feeds/look', 'POST', { address })
      if (answer.ok) {
        const offer = (await answer.json()) as { offer: string; fingerprint: string }
        assert.equal(offer.fingerprint, fingerprint, 'what is shown is what was told')
        const accepted = { offer: offer.offer, fingerprint }
        await this.page.askJson('/api/feeds/follow', 'POST', accepted)
        return
      }
      assert.ok(performance.now() < until, `${address} was never found: ${answer.status}`)
    }
  }

  /** The feed, once nothing is done for it any more and it is as it should be. It's asked for anew meanwhile. */
  async feedWhen(fingerprint: string, isRight: (feed: ToldFeed) => boolean): Promise<ToldFeed> {
    let last: ToldFeed | undefined
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until;) {
      const { feeds } = (await this.page.askJson('/api/feeds')) as { feeds: readonly ToldFeed[] }
      last = feeds.find((feed) => feed.fingerprint === fingerprint)
      if (last !== undefined && last.progress.kind === 'idle') {
        if (isRight(last)) return last
        await this.page.askJson(`/api/feeds/${last.id}/refresh`, 'POST', {})
      }
      await delay(1000)
    }
    return assert.fail(`the feed never was right: ${JSON.stringify(last)}`)
  }

  /** The work that a search finds first. */
  async found(text: string): Promise<string> {
    const query = new URLSearchParams({ text, limit: '5', offset: '0' })
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until;) {
      const { works, correction } = (await this.page.askJson(`/api/works?${query}`)) as {
        works: readonly { readonly id: string }[]
        correction: string | null
      }
      const [first] = works
      if (first !== undefined) return first.id
      if (correction !== null) query.set('text', correction)
      else await delay(200)
    }
    return assert.fail(`nothing for ${text}`)
  }

  /** The feed as it is after its sources were asked once more. */
  async refresh(fingerprint: string): Promise<void> {
    const { feeds } = (await this.page.askJson('/api/feeds')) as { feeds: readonly ToldFeed[] }
    const feed = feeds.find((each) => each.fingerprint === fingerprint)
    assert.ok(feed !== undefined, 'it is followed')
    await this.page.askJson(`/api/feeds/${feed.id}/refresh`, 'POST', {})
    await this.feedWhen(fingerprint, () => true)
  }

  /** Plays a work to its end; the player stays open, and so others can have it from here. SHA-256 of what came. */
  async play(workId: string, episodeId: string | null = null): Promise<string> {
    const chosen = { episodeId, releaseId: null }
    const film = (await this.page.askJson(`/api/works/${workId}/play`, 'POST', chosen)) as {
      mediaUrl: string
    }
    const bytes = await this.page.bytesOf(film.mediaUrl, AbortSignal.timeout(PATIENCE_MS))
    return sha256Of(bytes)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open.disposeAsync()
  }
}

/** SHA-256 of bytes, or of the file at a path, in hex. */
export async function sha256Of(content: Uint8Array | string): Promise<string> {
  const bytes = typeof content === 'string' ? await readFile(content) : content
  return createHash('sha256').update(bytes).digest('hex')
}
