/**
 * The night the servers go: publisher, tracker, mirror and the DHT's entrances are ended, and a month passes. Two
 * viewers are left, and one who comes new; all of them are on this computer, over real sockets.
 */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { DAY_MS } from '@matinee/base'
import { feedMagnet, parseSha256, readPointer, type Sha256Text } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { openEngine } from '@matinee/engine'
import {
  systemClock,
  systemDisk,
  systemHash,
  systemRandom,
  verifyEd25519,
} from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { filmToAdd } from '@matinee/testkit'
import { relaunch } from '../apps/matinee/src/relaunch/relaunch.ts'
import type { PublisherSeed } from '../apps/matinee/src/seed/publisher-seed.ts'
import { OWN_ROOT } from '../apps/matinee/src/source/own-root.ts'
import { Installation, sha256Of } from './installation.ts'
import { PASSPHRASE, feed, openSeed, publish } from './publisher-commands.ts'

const PATIENCE_MS = 150_000
/** What goes this night: somebody's nodes that everybody knew, and the publisher's seed with tracker and mirror. */
class Servers implements AsyncDisposable {
  readonly entrances: readonly string[]
  readonly seed: PublisherSeed
  readonly #open: AsyncDisposableStack

  private constructor(
    entrances: readonly string[],
    seed: PublisherSeed,
    open: AsyncDisposableStack,
  ) {
    this.entrances = entrances
    this.seed = seed
    this.#open = open
  }

  static async open(root: string, publisher: string): Promise<Servers> {
    await using open = new AsyncDisposableStack()
    const network = open.use(createNetwork({ clock: systemClock(), allowLocal: true }))
    const entrances: string[] = []
    for (const name of ['one', 'two', 'three']) {
      const engine = open.use(
        await openEngine({
          network,
          disk: systemDisk(),
          hash: systemHash(),
          clock: systemClock(),
          random: systemRandom(),
          folder: join(root, name),
          host: '127.0.0.1',
          dht: { bootstrap: [...entrances], verify: verifyEd25519 },
        }),
      )
      const dht = engine.useDht()
      while (dht !== null && dht.port === null) await delay(20)
      entrances.push(`127.0.0.1:${dht?.port}`)
    }
    const seed = open.use(await openSeed(publisher, entrances))
    return new Servers(entrances, seed, open.move())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open.disposeAsync()
  }
}

async function magnetOf(publisher: string, fingerprint: Sha256Text): Promise<string> {
  const bytes = await readFile(join(publisher, 'feed', 'pointer'))
  const pointer = readPointer(new Uint8Array(bytes), systemFeedCrypto())
  assert.ok(pointer?.item.kind === 'mutable')
  return feedMagnet(pointer.item.publicKey, fingerprint)
}

/** Everybody's calendar is moved; intervals go on as they did. */
function passDays(days: number): Disposable {
  const { now } = Date
  Date.now = () => now() + days * DAY_MS
  return {
    [Symbol.dispose]: () => {
      Date.now = now
    },
  }
}

test('A13: the night the servers go, old and new installations browse, search, play and hear of what comes after', async () => {
  const root = await mkdtemp(join(tmpdir(), 'matinee-night-'))
  await using ending = new AsyncDisposableStack()
  ending.defer(() => rm(root, { recursive: true, force: true }))
  const publisher = join(root, 'publisher')
  const name = ['--name', 'Night Reels', '--operator', 'The Gasworks Cinema']
  const begun = JSON.parse(await feed(['init', publisher, ...name, '--json'], PASSPHRASE)) as {
    fingerprint: string
  }
  const fingerprint = parseSha256(begun.fingerprint)
  assert.ok(fingerprint !== null)
  const film = { folder: root, name: 'ferry.mp4', durationSeconds: 4 }
  const ferry = await filmToAdd('The Ferry at Dusk', film)
  await feed(['add', ...ferry.args, '--feed', publisher])
  await publish(publisher)
  const sha256 = await sha256Of(ferry.path)

  const servers = await Servers.open(root, publisher)
  const ended = ending.adopt(servers, (each) => each[Symbol.asyncDispose]())
  const mirror = `${servers.seed.addresses.http}/`
  const before = await Installation.start(join(root, 'old'), ended.entrances)
  ending.use(before)
  const neighbour = await Installation.start(join(root, 'other'), ended.entrances)
  ending.use(neighbour)
  for (const each of [before, neighbour]) {
    await each.follow(mirror, fingerprint)
    await each.feedWhen(fingerprint, ({ state, works }) => state.kind === 'fresh' && works === 1)
    assert.equal(await each.play(await each.found('ferry dusk')), sha256)
  }
  const magnet = await magnetOf(publisher, fingerprint)

  await servers[Symbol.asyncDispose]()
  using _ = passDays(31)

  // The old ones are started again, as on many evenings since. They still have their programme, and says that nobody has confirmed it lately.
  await before[Symbol.asyncDispose]()
  await neighbour[Symbol.asyncDispose]()
  const other = ending.use(await Installation.start(join(root, 'other'), ended.entrances))
  const entrance = await other.entrance()
  const old = ending.use(await Installation.start(join(root, 'old'), [entrance]))
  const asked = await old.feedWhen(fingerprint, ({ state }) => state.kind === 'expired')
  assert.equal(asked.works, 1)
  for (const each of [old, other])
    assert.equal(await each.play(await each.found('ferry dusk')), sha256)
  // A new one knows a name, and one of the others by word of mouth.
  const fresh = ending.use(await Installation.start(join(root, 'fresh'), [entrance]))
  await fresh.follow(magnet, fingerprint)
  await fresh.feedWhen(fingerprint, ({ works }) => works === 1)
  assert.equal(await fresh.play(await fresh.found('the fery at dusc')), sha256)

  // What the publisher signs afterwards comes through them: it is one more of them, and is gone again.
  const second = { folder: root, name: 'lamp.mp4', durationSeconds: 3 }
  const lamp = await filmToAdd('The Lamp at Pier Four', second)
  await feed(['add', ...lamp.args, '--feed', publisher])
  await publish(publisher)
  await (async () => {
    await using seed = await openSeed(publisher, [entrance])
    assert.equal(seed.statuses().length, 4)
    await other.feedWhen(fingerprint, ({ state, works }) => state.kind === 'fresh' && works === 2)
    assert.equal(await other.play(await other.found('lamp pier')), await sha256Of(lamp.path))
    // Until its copy is whole and told of.
    await delay(2000)
  })()
  for (const each of [old, fresh])
    await each.feedWhen(fingerprint, ({ state, works }) => state.kind === 'fresh' && works === 2)

  // Somebody goes on with a copy that a viewer keeps: another feed, followed once its fingerprint is accepted.
  const [copy = ''] = await copiesIn(join(root, 'old'))
  const heir = join(root, 'heir')
  const { fingerprint: heirs } = await relaunch({
    path: heir,
    from: copy,
    expected: fingerprint,
    head: { name: null, operator: { name: 'The Heirs' }, contact: null, mirrors: [] },
    passphrase: PASSPHRASE,
    root: OWN_ROOT,
    nowMs: Date.now(),
    onWork: () => {},
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  assert.notEqual(heirs, fingerprint)
  await using heirSeed = await openSeed(heir, [entrance])
  await fresh.follow(`${heirSeed.addresses.http}/`, heirs)
  await fresh.feedWhen(heirs, ({ works }) => works === 2)
})

/** The feeds' copies that a viewer keeps, as folders with what a mirror has. */
async function copiesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && entry.name === 'metadata')
    .map(({ parentPath }) => parentPath)
}
