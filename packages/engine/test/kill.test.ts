import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { equalBytes } from '@matinee/base'
import { FakeClock, SeededRandom, nodeHash } from '@matinee/testkit'
import { systemDisk } from '../src/node/system.ts'
import { openTorrentStore } from '../src/store/torrent-store.ts'
import { makeKillTorrent } from './kill-torrent.ts'

const KILLS = 50
const root = await mkdtemp(join(tmpdir(), 'matinee-kill-'))
after(() => rm(root, { recursive: true }))

const made = makeKillTorrent()

/** Looks at the store as it lies, without writing. Returns how many blocks are claimed. */
async function assertClaimsRight(folder: string, what: string): Promise<number> {
  const store = await openTorrentStore({
    disk: systemDisk(),
    clock: new FakeClock(),
    hash: nodeHash,
    folder,
    metainfo: made.metainfo,
  })
  for (const { start, end } of store.claimed.runs())
    for (let block = start; block < end; block++) {
      const span = made.blockSpan(block)
      assert.ok(span, `${what}: block ${block} exists`)
      const isRight = equalBytes(await store.read(span), made.bytesOf(span))
      assert.ok(isRight, `${what}: block ${block} is claimed and wrong`)
    }
  await store.close()
  return store.claimed.count
}

/** Runs the writer until it ends, or is killed after a while. */
async function runWriter(
  folder: string,
  seed: number,
  killAfterMs: number | null,
): Promise<string> {
  const script = fileURLToPath(new URL('kill-writer.ts', import.meta.url))
  const child = spawn(process.execPath, [script, folder, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Fifty processes that each compile the same files would take most of the time.
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, 'compiled') },
  })
  let said = ''
  let killer: NodeJS.Timeout | undefined
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    // Counted from when it works, or a slow machine kills it before.
    if (killAfterMs !== null) killer ??= setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  })
  await once(child, 'close')
  clearTimeout(killer)
  return said
}

test(
  'A4: a process killed at any moment leaves right claims, and each next one has more',
  { timeout: 120_000 },
  async () => {
    const random = new SeededRandom('kill')
    let folder = join(root, 'torrent-0')
    let claimed = 0
    let grown = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const said = await runWriter(folder, kill, 1 + random.below(200))
      const found = Number(/^open (\d+)$/mu.exec(said)?.[1])
      assert.equal(found, claimed, `kill ${kill}: the process found what the last one left`)
      const now = await assertClaimsRight(folder, `kill ${kill}`)
      assert.ok(now >= claimed, `kill ${kill}: ${claimed} claims became ${now}`)
      if (now > claimed) grown++
      claimed = now
      // Whole: from the beginning again.
      if (!said.includes('whole') && claimed < made.blocks.length) continue
      claimed = 0
      folder = join(root, `torrent-${kill + 1}`)
    }
    assert.ok(grown > 0, `claims grew ${grown} times`)
    assert.match(await runWriter(folder, KILLS, null), /^whole$/mu)
    assert.equal(await assertClaimsRight(folder, 'at the end'), made.blocks.length)
  },
)
