import { test } from 'node:test'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openEngine } from '@matinee/engine'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { parseMetainfo } from '@matinee/protocol'
import { startOwn } from './program-run.ts'

const REEL = fileURLToPath(new URL('../../../feeds/reel/', import.meta.url))

test('the reel arrives whole from the seeding process, and its counter says so', async () => {
  const { child, next } = startOwn('reel-seeder.ts', [])
  const folder = await mkdtemp(join(tmpdir(), 'matinee-test-'))
  try {
    const ready = await next('ready')
    const metainfo = parseMetainfo(
      new Uint8Array(await readFile(`${REEL}reel.torrent`)),
      systemHash(),
    )
    const clock = systemClock()
    await using network = createNetwork({ clock })
    await using engine = await openEngine({
      network,
      disk: systemDisk(),
      hash: systemHash(),
      clock,
      random: systemRandom(),
      folder,
      host: '127.0.0.1',
    })
    const torrent = engine.add(
      { kind: 'metainfo', metainfo },
      {
        peers: [
          {
            address: { host: '127.0.0.1', port: Number(String(ready['peer']).split(':')[1]) },
            learnedFrom: 'own',
          },
        ],
        trackers: [String(ready['tracker']), String(ready['udpTracker'])],
        trackersFrom: 'own',
      },
    )
    for (const file of metainfo.files) {
      const chunks: Uint8Array[] = []
      await using reader = await torrent.openFile(file.index, { start: 0, end: file.length })
      for await (const chunk of reader) chunks.push(chunk)
      assert.deepEqual(Buffer.concat(chunks), await readFile(join(REEL, ...file.path)))
    }
    const states = torrent.status().trackers.map(({ state }) => state.kind)
    child.stdin?.write('stats\n')
    const served = await next('served')
    assert.ok(Number(served['bytes']) >= torrent.status().bytes.total)
    assert.equal(served['bytes'], torrent.status().bytes.downloaded)
    assert.ok(!states.includes('failed' as never), states.join())
  } finally {
    child.stdin?.end()
    await rm(folder, { recursive: true, force: true })
  }
  const [code] = await once(child, 'exit')
  assert.equal(code, 0)
})

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  test(`the seeding process ends at ${signal} and leaves no folder behind`, async () => {
    const before = await leftovers()
    const { child, next } = startOwn('reel-seeder.ts', [])
    await next('ready')
    child.kill(signal)
    const [code] = await once(child, 'exit')
    assert.equal(code, 0)
    assert.deepEqual(await leftovers(), before)
  })

async function leftovers(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('matinee-reel-seeder-'))
}

test('a reel that is missing is said in one line', async () => {
  const { child, said } = startOwn('reel-seeder.ts', ['--reel', '/nowhere'])
  const [code] = await once(child, 'exit')
  assert.equal(code, 1)
  assert.match(said(), /^matinee reel-seeder: [^\n]+\n$/u)
})
