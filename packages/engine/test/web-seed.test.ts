import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { KIB, MIB, concatBytes, equalBytes, type LearnedFrom } from '@matinee/base'
import { createNetwork } from '@matinee/net'
import { makeTorrent, type MadeTorrent } from '@matinee/testkit'
import type { Torrent } from '../src/index.ts'
import { systemClock } from '../src/node/system.ts'
import { openMachineEngine, temporaryFolder } from './machine.ts'

/** A real HTTP server with the files of a torrent. */
async function openServer(
  made: MadeTorrent,
  answer: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Promise<
  AsyncDisposable & { readonly url: string; readonly requests: string[]; sockets: number }
> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.url} ${request.headers.range}`)
    if (answer(request, response)) return
    const index = made.metainfo.files.findIndex(
      (file) => new URL(made.metainfo.webSeedUrl('http://x/', file.index)).pathname === request.url,
    )
    const content = made.contents[index]
    const [, first, last] = /^bytes=(\d+)-(\d+)$/u.exec(request.headers.range ?? '') ?? []
    if (!content || first === undefined) {
      response.writeHead(404).end()
      return
    }
    const span = { start: Number(first), end: Number(last) + 1 }
    response.writeHead(206, {
      'content-range': `bytes ${first}-${last}/${content.length}`,
      'content-length': span.end - span.start,
    })
    response.end(content.bytesAt(span))
  })
  const opened = { requests, sockets: 0, url: '' }
  server.on('connection', () => opened.sockets++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  opened.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return Object.assign(opened, {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

const FILES = [
  { path: ['film.mp4'], content: 3 * MIB + 12_345 },
  { path: ['text é.srt'], content: 30_000 },
]

async function assertWhole(made: MadeTorrent, torrent: Torrent): Promise<void> {
  for (const [index, content] of made.contents.entries()) {
    const span = { start: 0, end: content.length }
    const chunks: Uint8Array[] = []
    await using reader = await torrent.openFile(index, span)
    for await (const bytes of reader) chunks.push(bytes.slice())
    assert.ok(equalBytes(concatBytes(chunks), content.bytesAt(span)))
  }
}

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(`a ${kind} film streams from a real HTTP server, over few connections`, async () => {
    await using folder = await temporaryFolder()
    const made = makeTorrent({ kind, files: FILES, pieceLength: 256 * KIB })
    await using server = await openServer(made)
    await using viewer = await openMachineEngine(join(folder.path, 'a'))
    const webSeeds = [{ url: server.url, learnedFrom: 'own' as const }]
    const torrent = viewer.engine.add({ kind: 'metainfo', metainfo: made.metainfo }, { webSeeds })
    await assertWhole(made, torrent)
    assert.ok(server.sockets <= 8, `${server.sockets} connections for ${server.requests.length}`)
  })

test('a web seed that sends us elsewhere is followed, and then asked there at once', async () => {
  await using folder = await temporaryFolder()
  const made = makeTorrent({ kind: 'v2', files: FILES, pieceLength: 256 * KIB })
  await using server = await openServer(made, (request, response) => {
    if (request.url?.startsWith('/moved/') !== true) return false
    response.writeHead(302, { location: request.url.slice('/moved'.length) }).end()
    return true
  })
  await using viewer = await openMachineEngine(join(folder.path, 'a'))
  const webSeeds = [{ url: `${server.url}moved/`, learnedFrom: 'own' as const }]
  const torrent = viewer.engine.add({ kind: 'metainfo', metainfo: made.metainfo }, { webSeeds })
  await assertWhole(made, torrent)
  const moved = server.requests.filter((request) => request.startsWith('/moved/'))
  assert.ok(moved.length <= 8 && moved.length < server.requests.length / 2, `${moved.length}`)
})

test('T1: a web seed on this machine that a stranger names is not asked, nor asked again', async () => {
  await using folder = await temporaryFolder()
  const made = makeTorrent({ kind: 'v2', files: FILES, pieceLength: 256 * KIB })
  await using server = await openServer(made)
  await using network = createNetwork({ clock: systemClock() })
  await using viewer = await openMachineEngine(join(folder.path, 'a'), { network, port: null })
  const strangers: LearnedFrom[] = ['metainfo', 'magnet']
  const webSeeds = strangers.map((learnedFrom, at) => ({ url: `${server.url}${at}/`, learnedFrom }))
  const torrent = viewer.engine.add({ kind: 'metainfo', metainfo: made.metainfo }, { webSeeds })
  const leaving = new AbortController()
  const reader = await torrent.openFile(0, { start: 0, end: 100 }, leaving.signal)
  const reading = reader[Symbol.asyncIterator]().next()
  const isOver = (): boolean =>
    torrent.status().webSeeds.every(({ state }) => state.kind === 'banned')
  for (let tick = 0; tick < 500 && !isOver(); tick++)
    await new Promise((resolve) => setTimeout(resolve, 10))
  assert.ok(isOver())
  assert.deepEqual(server.requests, [])
  leaving.abort()
  await assert.rejects(reading, { name: 'AbortError' })
})
