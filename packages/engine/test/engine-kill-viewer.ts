/**
 * The process that engine-kill.test.ts kills: watches a film to its end. Arguments: the folder, a
 * `.torrent` file, the port of a seed. Says `live`, and at the end a line with each file's SHA-256.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { flushCompileCache } from 'node:module'
import { SECOND_MS } from '@matinee/base'
import { parseMetainfo } from '@matinee/protocol'
import { systemClock, systemHash } from '../src/node/system.ts'
import { openMachineEngine } from './machine.ts'

// Who is killed doesn't do so at its end, and the next one would compile everything again.
flushCompileCache()
const [folder = '', torrentFile = '', port = ''] = process.argv.slice(2)
const metainfo = parseMetainfo(await readFile(torrentFile), systemHash())
const clock = systemClock()
await using machine = await openMachineEngine(folder, {
  port: null,
  // Checkpoints come by themselves every 5 s: too seldom for a process that lives for less than one.
  clock: {
    ...clock,
    setTimer: (delayMs, run) => clock.setTimer(delayMs === 5 * SECOND_MS ? 20 : delayMs, run),
  },
})
const address = { host: '127.0.0.1', port: Number(port) }
const torrent = machine.engine.add(
  { kind: 'metainfo', metainfo },
  { peers: [{ address, learnedFrom: 'own' }] },
)
await torrent.metainfo()
process.stdout.write('live\n')
for (const { index, length } of metainfo.files) {
  const hash = createHash('sha256')
  await using reader = await torrent.openFile(index, { start: 0, end: length })
  for await (const bytes of reader) hash.update(bytes)
  process.stdout.write(`${hash.digest('hex')}\n`)
}
