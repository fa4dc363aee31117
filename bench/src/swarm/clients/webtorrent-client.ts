/** webtorrent at its best: plain text, no µTP, nothing chosen but what is read. */
import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { clientOrder, runClient } from './client-talk.ts'
import { importPeer } from './peer-package.ts'

interface WebTorrent {
  add(
    torrent: Uint8Array,
    options: Readonly<Record<string, unknown>>,
    onReady: (torrent: {
      readonly files: readonly {
        createReadStream(span: { readonly start: number; readonly end: number }): Readable
      }[]
    }) => void,
  ): void
  on(event: 'error', listener: (error: Error) => void): void
}

const order = clientOrder()
const WebTorrent = (await importPeer('webtorrent'))['default'] as new (
  options: Readonly<Record<string, unknown>>,
) => WebTorrent
const client = new WebTorrent({
  utp: false,
  secure: 0,
  dht: false,
  lsd: false,
  natUpnp: false,
  natPmp: false,
  utPex: false,
})
client.on('error', (error) => console.error(error))
const torrentFile = await readFile(order.torrentPath)

await runClient(order, async () => {
  const options = { path: order.folder, announce: [order.trackerUrl], deselect: true }
  const torrent = await new Promise<Parameters<Parameters<WebTorrent['add']>[2]>[0]>((resolve) =>
    client.add(torrentFile, options, resolve),
  )
  return (start) => {
    const [file] = torrent.files
    if (!file) throw new Error('webtorrent found no file')
    const chunks: Readable = file.createReadStream({ start, end: order.filmBytes - 1 })
    return { chunks, close: () => chunks.destroy() }
  }
})
