import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import {
  isWhole,
  startAria2,
  startLibtorrent,
  startTransmission,
  untilTrue,
  type StartClient,
} from './clients.ts'
import { InteropStage, type Kind } from './interop-stage.ts'

const FILM = { name: 'film.bin', bytes: randomBytes(6 * 1024 * 1024 + 12_345) }

interface Swarm {
  readonly kind: Kind
  readonly seedName: string
  readonly seed: StartClient
  /** By name. */
  readonly leeches: Readonly<Record<string, StartClient>>
}

const SWARMS: readonly Swarm[] = [
  {
    kind: 'v1',
    seedName: 'transmission',
    seed: startTransmission,
    leeches: { aria2: startAria2, transmission: startTransmission, libtorrent: startLibtorrent },
  },
  {
    kind: 'hybrid',
    seedName: 'libtorrent',
    seed: startLibtorrent,
    leeches: { 'libtorrent (one)': startLibtorrent, 'libtorrent (two)': startLibtorrent },
  },
]

for (const { kind, seedName, seed, leeches } of SWARMS) {
  const names = Object.keys(leeches).join(', ')
  test(
    `between ${seedName} as a seed and those who know only us (${names}), we watch a ${kind} film, and everybody has it`,
    { timeout: 120_000 },
    async (context) => {
      await using stage = await InteropStage.open(kind, [FILM])
      await using clients = new AsyncDisposableStack()
      const { torrent, root } = stage
      const scratch = (name: string): string => path.join(root, `scratch ${name}`)
      const source = clients.use(
        await seed({ torrent, folder: root, seeds: true, scratch: scratch('seed') }),
      )
      const others = await Promise.all(
        Object.entries(leeches).map(async ([name, start]) => {
          const folder = path.join(root, `target ${name}`)
          await mkdir(folder)
          const task = { torrent, folder, seeds: false, scratch: scratch(name) }
          const { port } = clients.use(await start(task))
          return { name, port, file: path.join(folder, 'content', FILM.name) }
        }),
      )
      const peers = [source, ...others].map(
        ({ port }) => ({ address: { host: '127.0.0.1', port }, learnedFrom: 'own' }) as const,
      )
      const { metainfo, engine } = stage
      const ours = engine.add({ kind: 'metainfo', metainfo }, { peers })
      let at = 0
      await using reader = await ours.openFile(0, { start: 0, end: FILM.bytes.length })
      for await (const bytes of reader) {
        assert.equal(Buffer.compare(bytes, FILM.bytes.subarray(at, at + bytes.length)), 0)
        at += bytes.length
      }
      assert.equal(at, FILM.bytes.length)
      await untilTrue(async () => {
        const whole = others.map(({ file }) => isWhole(file, FILM.bytes.length))
        if (!(await Promise.all(whole)).every(Boolean)) return false
        const read = await Promise.all(others.map(({ file }) => readFile(file)))
        return read.every((bytes) => Buffer.compare(bytes, FILM.bytes) === 0)
      }, 60_000)
      const { downloaded, uploaded, wasted } = ours.status().bytes
      const ratio = uploaded / downloaded
      context.diagnostic(
        `${kind}, ${names}: ${downloaded} bytes came, ${uploaded} went out, ratio ${ratio.toFixed(2)}`,
      )
      // They tell each other of themselves (BEP 11), so that not all of it went through us.
      assert.ok(ratio > 0.5, `a ratio of ${ratio.toFixed(2)}`)
      assert.ok(wasted <= 0.02 * downloaded, `${wasted} bytes of no use`)
    },
  )
}
