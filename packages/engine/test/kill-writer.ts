/**
 * The process that kill.test.ts kills: goes on storing a made torrent, block by block in random order,
 * until it has all. Arguments: the folder, a seed. Says `open N` with the number of blocks it found.
 */
import { systemClock, systemDisk, systemHash } from '../src/node/system.ts'
import { openTorrentStore } from '../src/store/torrent-store.ts'
import { SeededRandom } from '@matinee/testkit'
import { makeKillTorrent } from './kill-torrent.ts'

const [folder = '', seed = ''] = process.argv.slice(2)
const made = makeKillTorrent()
const random = new SeededRandom(seed)
const clock = systemClock()
const store = await openTorrentStore({
  disk: systemDisk(),
  // Checkpoints come by themselves every 5 s: too seldom for a process that lives for one.
  clock: { ...clock, setTimer: (delayMs, run) => clock.setTimer(delayMs / 50, run) },
  hash: systemHash(),
  folder,
  metainfo: made.metainfo,
})
process.stdout.write(`open ${store.claimed.count}\n`)
store.markVerified(made.blocks.filter((block) => store.doubted.has(block)))

const missing = random.shuffle(made.blocks.filter((block) => !store.claimed.has(block)))
for (let at = 0; at < missing.length; at += 2) {
  const batch = missing.slice(at, at + 2).map(async (block) => {
    const span = made.blockSpan(block)
    if (span === null) return
    await store.write(span.start, made.bytesOf(span))
    store.markVerified([block])
  })
  // Not all are waited for: the kill is to find writes under way.
  await Promise.all(batch.slice(1))
  await new Promise((resolve) => setTimeout(resolve, 2))
}
await store.close()
process.stdout.write('whole\n')
