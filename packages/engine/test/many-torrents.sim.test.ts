import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB, MINUTE_MS } from '@matinee/base'
import { FakeClock, makeTorrent, seedPeer, type SeedPeer } from '@matinee/testkit'
import { Stage, peersAt } from './stage.ts'

/** Counts how often anybody asks what time it is: what is done, whatever the machine's speed. */
class CountingClock extends FakeClock {
  looks = 0

  override nowMs(): number {
    this.looks++
    return super.nowMs()
  }
}

interface Crowd {
  readonly stage: Stage
  readonly clock: CountingClock
  readonly seeds: readonly SeedPeer[]
}

/** An engine with so many torrents, each with so many seeds, all connected. */
async function crowdOf(torrentCount: number, seedsEach: number): Promise<Crowd> {
  const clock = new CountingClock()
  const stage = await Stage.open({ kind: 'v1', files: 4 * MIB, clock })
  const seeds: SeedPeer[] = []
  for (let i = 0; i < torrentCount; i++) {
    const made = makeTorrent({ kind: 'v1', files: 64 * KIB, seed: 1000 + i, name: `film ${i}` })
    const { metainfo, bytesAt } = made
    const own: SeedPeer[] = []
    for (let n = 0; n < seedsEach; n++) {
      const { network, address: host } = stage.host()
      const address = { host, port: 6881 }
      const name = `${i} ${n}`
      own.push(await seedPeer({ network, clock, address, metainfo, bytesAt, name }))
    }
    seeds.push(...own)
    const peers = peersAt(...own.flatMap(({ address }) => address ?? []))
    stage.engine.add({ kind: 'metainfo', metainfo }, { peers })
  }
  // Strangers are dialed at a pace; a minute is enough for a thousand.
  await clock.advance(MINUTE_MS)
  return { stage, clock, seeds }
}

function connectedIn({ stage }: Crowd): number {
  return stage.engine.torrents.reduce((sum, one) => sum + one.status().peers.connected, 0)
}

/** What a minute costs in which nobody wants anything. */
async function idleMinute({ clock }: Crowd): Promise<number> {
  const before = clock.looks
  await clock.advance(MINUTE_MS)
  return clock.looks - before
}

async function end({ stage, seeds }: Crowd): Promise<void> {
  for (const seed of seeds) await seed.close()
  await stage.end()
}

test('A11: with 200 torrents and 1000 peers a film plays on, and work grows as their number does', async () => {
  const few = await crowdOf(50, 5)
  assert.equal(connectedIn(few), 250)
  const ofFew = await idleMinute(few)
  await end(few)

  const many = await crowdOf(200, 5)
  assert.equal(connectedIn(many), 1000)
  const ofMany = await idleMinute(many)
  assert.ok(ofMany <= 4.4 * ofFew, `${ofFew} looks with 250 peers, ${ofMany} with 1000`)

  const { stage, clock } = many
  await stage.seed({ bytesPerSecond: 2 * MIB })
  const startMs = clock.nowMs()
  stage.assertRight(await stage.read(stage.add()), 0, { start: 0, end: 4 * MIB })
  assert.ok(clock.nowMs() - startMs < 4000, `${clock.nowMs() - startMs} ms for 4 MiB`)
  await end(many)
})

test('A11: work grows as the peers of a torrent do, and not faster', async () => {
  const few = await crowdOf(4, 10)
  assert.equal(connectedIn(few), 40)
  const ofFew = await idleMinute(few)
  await end(few)
  const many = await crowdOf(4, 40)
  assert.equal(connectedIn(many), 160)
  const ofMany = await idleMinute(many)
  await end(many)
  assert.ok(ofMany <= 4.4 * ofFew, `${ofFew} looks with 10 peers each, ${ofMany} with 40`)
})

test('A11: two hundred torrents that rest do nothing at all', async () => {
  const crowd = await crowdOf(200, 0)
  await crowd.clock.advance(6 * MINUTE_MS)
  assert.ok(crowd.stage.engine.torrents.every((one) => one.status().phase.kind === 'resting'))
  const looks = await idleMinute(crowd)
  assert.ok(looks <= 200, `${looks} looks at the clock in a minute`)
  await end(crowd)
})
