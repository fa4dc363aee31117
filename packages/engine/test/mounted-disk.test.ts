import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from './machine.ts'

const MAY_MOUNT =
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0 &&
  spawnSync('losetup', ['--find']).status === 0 &&
  spawnSync('mkfs.ext4', ['-V']).status === 0
const options = {
  skip: MAY_MOUNT ? false : 'not run: nobody may mount file systems here',
  timeout: 120_000,
}

/** What the script printed; it ran in a mount namespace of its own. */
async function mounted(mode: 'cuts' | 'full'): Promise<unknown> {
  await using folder = await temporaryFolder()
  const script = fileURLToPath(new URL('mounted-disk.ts', import.meta.url))
  const child = spawn('unshare', ['--mount', process.execPath, script, mode, folder.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  const said = await text(child.stdout)
  assert.deepEqual(await closed, [0, null])
  return JSON.parse(said)
}

test(
  'A2: on ext4, cut off twenty times, every claimed block is right, and the film comes to its end',
  options,
  async () => {
    const { cuts, claims } = (await mounted('cuts')) as { cuts: number; claims: number }
    assert.equal(cuts, 20)
    assert.ok(claims > 1000, `${claims} blocks were claimed`)
  },
)

test(
  'A1: on a file system filled to the brim a film plays from memory, and is saved when there is room',
  options,
  async () => {
    assert.deepEqual(await mounted('full'), { trouble: 'full', saved: true })
  },
)
