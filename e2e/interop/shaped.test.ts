import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { test } from 'node:test'
import { startAria2, startLibtorrent, startTransmission, type StartClient } from './clients.ts'
import { FilmWatcher } from './film-watcher.ts'
import { InteropStage, type Kind } from './interop-stage.ts'
import { openShapedRelay } from './shaped-relay.ts'

/** A line of 20 Mbit/s, 80 ms away, and a film that takes 6. */
const SHAPE = { bytesPerSecond: 2_500_000, rttMs: 80 }
const FILM_BYTES = 24 * 1024 * 1024 + 12_345
const FILM_RATE = 750_000
const PIECE_BYTES = 256 * 1024
const START_SECONDS = 2
const SEEK_SECONDS = 1.5
const WATCH_SECONDS = 3
/** What is sent when a seek comes can't be taken back: a queue of 20 ms, and what the client has handed to its socket. */
const UNDER_WAY_BYTES = 128 * 1024

/**
 * At most how long so much film takes: at the line's rate, rounded out to pieces, three times over because this is
 * no simulated time, and as late as the machine itself was with what it passed on.
 */
function mostMs(seconds: number, roundTrips: number, latenessMs: number): number {
  const bytes = seconds * FILM_RATE + 2 * PIECE_BYTES + UNDER_WAY_BYTES
  const limitMs = (bytes / SHAPE.bytesPerSecond) * 1000 + roundTrips * SHAPE.rttMs
  return 3 * (limitMs + latenessMs) + 250
}

function playsFrom(name: string, start: StartClient, kind: Kind, host: string): void {
  test(
    `a ${kind} film plays and seeks from ${name} 80 ms away, byte for byte, and never stands still`,
    { timeout: 90_000 },
    async () => {
      const film = randomBytes(FILM_BYTES)
      // Of a folder with one file libtorrent 2.0.8 looks for the file beside the folder.
      const words = { name: 'words.bin', bytes: randomBytes(30_000) }
      await using stage = await InteropStage.open(kind, [{ name: 'film.bin', bytes: film }, words])
      await using client = await start({
        torrent: stage.torrent,
        folder: stage.root,
        seeds: true,
        scratch: path.join(stage.root, 'client'),
      })
      await using relay = await openShapedRelay(host, client.port, SHAPE)
      const { port } = relay
      const torrent = stage.engine.add(
        { kind: 'metainfo', metainfo: stage.metainfo },
        { peers: [{ address: { host, port }, learnedFrom: 'own' }] },
      )
      const watcher = new FilmWatcher(torrent, film, FILM_RATE)
      // When the client first lets anybody ask is its own business: transmission thinks about it for ten seconds.
      const begun = await watcher.play(0, START_SECONDS, WATCH_SECONDS)
      const most = mostMs(START_SECONDS, 1, relay.latenessMs)
      assert.ok(begun.restMs <= most, `began after ${begun.restMs} ms, at most ${most}`)
      const sought = await watcher.play(Math.floor(0.7 * FILM_BYTES), SEEK_SECONDS, WATCH_SECONDS)
      const tookMs = sought.firstMs + sought.restMs
      const mostSeek = mostMs(SEEK_SECONDS, 1, relay.latenessMs)
      assert.ok(tookMs <= mostSeek, `sought for ${tookMs} ms, at most ${mostSeek}`)
      assert.equal(watcher.stalls, 0)
      const { bytes } = torrent.status()
      assert.ok(bytes.wasted <= 0.03 * bytes.downloaded, `${bytes.wasted} of ${bytes.downloaded}`)
      // A v2 leaf proves its 16 KiB alone, long before the piece is whole (BEP 52).
      assert.equal(bytes.provedAlone, kind === 'v1' ? 0 : bytes.verified)
    },
  )
}

playsFrom('transmission', startTransmission, 'v1', '127.0.9.1')
playsFrom('aria2', startAria2, 'v1', '127.0.9.2')
playsFrom('libtorrent', startLibtorrent, 'v1', '127.0.9.3')
playsFrom('libtorrent', startLibtorrent, 'v2', '127.0.9.4')
playsFrom('libtorrent', startLibtorrent, 'hybrid', '127.0.9.5')
