/** What a simulated peer does besides serving. */
export type Manner =
  | { readonly kind: 'serves' }
  /** Takes requests and never answers. */
  | { readonly kind: 'mute' }
  | { readonly kind: 'never-unchokes' }
  /** Spoils one block of so many. */
  | { readonly kind: 'corrupts'; readonly oneIn: number }
  /** Says that it has everything, and rejects every request. */
  | { readonly kind: 'refuses' }

/** One simulated peer. */
export interface PeerPlan {
  readonly rttMs: number
  readonly bytesPerSecond: number
  readonly manner: Manner
  /** Share of the pieces that it has. Default 1. */
  readonly share?: number
  /** Connects so long after the tracker answered. Default 0. */
  readonly comesMs?: number
  /** Goes so long after it came. Default never. */
  readonly staysMs?: number
  /** Sends at double rate for so long, then nothing for as long. */
  readonly burstMs?: number
  /** Unchokes for so long, then chokes for as long. */
  readonly chokeMs?: number
  /** The rate from some moment on, as a share of the first. */
  readonly fades?: { readonly atMs: number; readonly to: number }
  /** Silent between two moments; the connection stays. */
  readonly freezes?: { readonly fromMs: number; readonly toMs: number }
  /** Packets are lost: such a share of its blocks, and what is behind them, is held up by a round trip and more. */
  readonly losses?: {
    readonly share: number
    /** Only for so long, at such intervals. Default always. */
    readonly burst?: { readonly everyMs: number; readonly lastsMs: number }
  }
  /** Requests that it takes at once; more are rejected. */
  readonly mostRequests?: number
}

/** A simulated HTTP server with the film (BEP 19). */
export type WebSeedPlan = Pick<PeerPlan, 'rttMs' | 'bytesPerSecond' | 'freezes'>

/** Of what a peer sends at some moment, the share that is lost on the way and sent again. */
export function lossShareAt({ losses }: PeerPlan, nowMs: number): number {
  if (!losses) return 0
  const { share, burst } = losses
  return burst && nowMs % burst.everyMs >= burst.lastsMs ? 0 : share
}

/** When a peer that begins to send now has sent so many bytes, with its bursts, fading and silence. */
export function sentMs(plan: PeerPlan, startMs: number, nowMs: number, bytes: number): number {
  const { burstMs, fades, freezes } = plan
  let atMs = nowMs
  let left = bytes
  for (;;) {
    const ageMs = atMs - startMs
    let rate = plan.bytesPerSecond / 1000
    let changesMs = Number.POSITIVE_INFINITY
    if (burstMs !== undefined) {
      const phase = ageMs % (2 * burstMs)
      rate *= phase < burstMs ? 2 : 0
      changesMs = atMs + (phase < burstMs ? burstMs - phase : 2 * burstMs - phase)
    }
    if (fades && atMs >= fades.atMs) rate *= fades.to
    else if (fades) changesMs = Math.min(changesMs, fades.atMs)
    if (freezes && atMs < freezes.fromMs) changesMs = Math.min(changesMs, freezes.fromMs)
    else if (freezes && atMs < freezes.toMs) {
      rate = 0
      changesMs = freezes.toMs
    }
    const doneMs = rate > 0 ? atMs + left / rate : Number.POSITIVE_INFINITY
    if (doneMs <= changesMs) return doneMs
    if (changesMs === Number.POSITIVE_INFINITY) return doneMs
    left -= rate * (changesMs - atMs)
    // A hair beyond the change, so that rounding can't hold it there.
    atMs = changesMs + 1e-6
  }
}
