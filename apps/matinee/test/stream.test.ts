import { test } from 'node:test'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemHash } from '@matinee/engine/system'
import { formatMagnet, parseMetainfo } from '@matinee/protocol'
import type { ProgramRun } from '@matinee/testkit'
import { startOwn } from './program-run.ts'

const REEL = fileURLToPath(new URL('../../../feeds/reel/', import.meta.url))

/** A seed of the reel, and `matinee stream` of it in a folder of its own. */
async function withStream(
  args: (seeder: { readonly peer: string; readonly tracker: string }) => Promise<string[]>,
  run: (stream: ProgramRun, seeder: ProgramRun) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-test-'))
  const seeder = startOwn('reel-seeder.ts', [])
  let stream: ProgramRun | null = null
  try {
    const ready = await seeder.next('ready')
    const own = await args({ peer: String(ready['peer']), tracker: String(ready['tracker']) })
    stream = startOwn('main.ts', ['stream', ...own, '--dir', folder, '--json'])
    await run(stream, seeder)
  } finally {
    stream?.child.kill('SIGKILL')
    seeder.child.stdin?.end()
    await rm(folder, { recursive: true, force: true })
  }
}

async function reelMagnet(peer: string, tracker: string): Promise<string> {
  const bytes = new Uint8Array(await readFile(`${REEL}reel.torrent`))
  const { infoHashes } = parseMetainfo(bytes, systemHash())
  const [host = '', port] = peer.split(':')
  return formatMagnet({ infoHashes, trackers: [tracker], peers: [{ host, port: Number(port) }] })
}

test('a film of a magnet link is served while it arrives, and Ctrl-C ends it cleanly', async () => {
  await withStream(
    async ({ peer, tracker }) => [await reelMagnet(peer, tracker), '--allow-local'],
    async (stream, seeder) => {
      assert.equal((await stream.next('start'))['uploads'], true)
      const progress = await stream.next('progress')
      assert.equal(progress['phase'], 'finding-metadata')
      const ready = await stream.next('ready')
      assert.equal(ready['name'], 'reel.mp4')
      assert.match(String(ready['url']), /^http:\/\/127\.0\.0\.1:\d+\/media\//u)

      const film = await readFile(`${REEL}reel.mp4`)
      const part = await fetch(String(ready['url']), {
        headers: { range: 'bytes=4000000-4100000' },
      })
      assert.equal(part.status, 206)
      assert.equal(part.headers.get('content-type'), 'video/mp4')
      assert.deepEqual(Buffer.from(await part.arrayBuffer()), film.subarray(4_000_000, 4_100_001))
      const whole = await fetch(String(ready['url']))
      assert.deepEqual(Buffer.from(await whole.arrayBuffer()), film)

      let have = 0
      while (have < film.length) have = Number((await stream.next('progress'))['have'])
      seeder.child.stdin?.write('stats\n')
      // It also tells each second, so earlier words may still be waiting.
      let served = 0
      while (served < film.length) served = Number((await seeder.next('served'))['bytes'])

      stream.child.kill('SIGINT')
      const patience = AbortSignal.timeout(20_000)
      const [code] = (await once(stream.child, 'exit', { signal: patience })) as [number]
      assert.equal(code, 0, stream.said())
    },
  )
})

test('the address of a torrent file answers before anybody was found', async () => {
  await withStream(
    async () => [`${REEL}reel.torrent`, '--file', '5', '--no-upload'],
    async (stream) => {
      assert.equal((await stream.next('start'))['uploads'], false)
      const ready = await stream.next('ready')
      assert.equal(ready['name'], 'reel.en.vtt')
      assert.equal(ready['file'], 5)
      stream.child.kill('SIGTERM')
      const [code] = (await once(stream.child, 'exit')) as [number]
      assert.equal(code, 0, stream.said())
    },
  )
})

test('without --allow-local nobody on this computer is dialed because a magnet link said so', async () => {
  await withStream(
    async ({ peer, tracker }) => [await reelMagnet(peer, tracker)],
    async (stream, seeder) => {
      for (let seconds = 0; seconds < 2; seconds++)
        assert.equal((await stream.next('progress'))['peers'], 0)
      seeder.child.stdin?.write('stats\n')
      const served = await seeder.next('served')
      assert.deepEqual([served['bytes'], served['peers']], [0, 0])
    },
  )
})

test('a stream of a magnet link that nobody has says what it waits for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-test-'))
  try {
    const hash = '0123456789'.repeat(4)
    const magnet = `magnet:?xt=urn:btih:${hash}`
    const { child, said } = startOwn('main.ts', ['stream', magnet, '--dir', folder, '--no-dht'])
    while (!said().includes('\n')) await once(child.stderr ?? child, 'data')
    assert.match(said(), /^No tracker is named here, and nobody else can be asked/u)
    child.kill('SIGINT')
    assert.equal((await once(child, 'close'))[0], 0)
    assert.match(said(), /Stopped\. Nothing has arrived\.\n$/u)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
