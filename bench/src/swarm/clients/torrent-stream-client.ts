/** torrent-stream as it comes, without the DHT. */
import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { clientOrder, runClient } from './client-talk.ts'
import { importPeer } from './peer-package.ts'

interface TorrentStream {
  on(event: 'ready', listener: () => void): void
  on(event: 'error', listener: (error: Error) => void): void
  readonly files: readonly {
    createReadStream(span: { readonly start: number; readonly end: number }): Readable
  }[]
}

const order = clientOrder()
const torrentStream = (await importPeer('torrent-stream'))['default'] as (
  torrent: Uint8Array,
  options: Readonly<Record<string, unknown>>,
) => TorrentStream
const torrentFile = await readFile(order.torrentPath)

await runClient(order, async () => {
  const options = { path: order.folder, trackers: [order.trackerUrl], dht: false }
  const engine = torrentStream(torrentFile, options)
  engine.on('error', (error) => console.error(error))
  await new Promise<void>((resolve) => engine.on('ready', resolve))
  return (start) => {
    const [file] = engine.files
    if (!file) throw new Error('torrent-stream found no file')
    const chunks: Readable = file.createReadStream({ start, end: order.filmBytes - 1 })
    return { chunks, close: () => chunks.destroy() }
  }
})
