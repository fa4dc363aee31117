/** Matinee's engine, through its public interface. */
import { readFile } from 'node:fs/promises'
import { openEngine } from '@matinee/engine'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { parseMetainfo } from '@matinee/protocol'
import { playerSpans } from '../film-player.ts'
import { clientOrder, runClient } from './client-talk.ts'

/** What getting a film ready may cost. */
const WARM_BYTES = 3_000_000

const order = clientOrder()
const clock = systemClock()
const hash = systemHash()
const engine = await openEngine({
  clock,
  hash,
  network: createNetwork({ clock, allowLocal: true }),
  disk: systemDisk(),
  random: systemRandom(),
  folder: order.folder,
  host: '127.0.0.1',
})
const torrentFile = await readFile(order.torrentPath)

await runClient(order, () => {
  const metainfo = parseMetainfo(torrentFile, hash)
  const torrent = engine.add(
    { kind: 'metainfo', metainfo },
    { trackers: [order.trackerUrl], trackersFrom: 'own' },
  )
  if (order.warmSeconds > 0) {
    const { signal } = new AbortController()
    void torrent.warm(0, [playerSpans(order).play], { budgetBytes: WARM_BYTES, signal })
  }
  return Promise.resolve(async (start: number) => {
    const left = new AbortController()
    const span = { start, end: order.filmBytes }
    const { bytesPerSecond } = order
    const chunks = await torrent.openFile(0, span, left.signal, { bytesPerSecond })
    return { chunks, close: () => left.abort(new DOMException('a seek', 'AbortError')) }
  })
})
