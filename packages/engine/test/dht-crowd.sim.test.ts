import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NODE_ID_BYTES } from '@matinee/protocol'
import type { SeededRandom } from '@matinee/testkit'
import { DhtCrowd } from './dht-crowd.ts'

/** Searches by strangers who have just come, each for another torrent. */
const SEARCHES = 31

/** Lines of homes: round trips between two of them of 20 to 400 ms, about 120 in the middle. */
function homeLine(random: SeededRandom) {
  return { latencyMs: 5 * 20 ** random.fraction() }
}

test('in a network of a thousand nodes with a third dead a cold search takes less than a second at the median', async () => {
  await using crowd = await DhtCrowd.open({ seed: 'a thousand', nodes: 1000, line: homeLine })
  const { clock, random } = crowd
  const [, ...others] = crowd.nodes
  for (const { host } of random.shuffle(others).slice(0, 333)) host.goDown('silence')
  const never = new AbortController().signal
  const firstMs: number[] = []
  const wholeMs: number[] = []
  for (let i = 0; i < SEARCHES; i++) {
    const infoHash = random.bytes(NODE_ID_BYTES)
    const seed = crowd.host(homeLine(random))
    const announcing = crowd.dht(seed)
    const { kept } = await clock.run(
      announcing.findPeers(infoHash, { announcePort: 7000, onPeers: () => {}, signal: never }),
    )
    assert.ok(kept >= 5, `${kept} nodes keep what is announced`)
    await announcing[Symbol.asyncDispose]()
    await using searching = crowd.dht(crowd.host(homeLine(random)))
    const startMs = clock.nowMs()
    let foundMs = Infinity
    const onPeers = (peers: readonly { readonly host: string; readonly port: number }[]): void => {
      if (peers.some(({ host, port }) => host === seed.address && port === 7000))
        foundMs = Math.min(foundMs, clock.nowMs() - startMs)
    }
    const end = await clock.run(
      searching.findPeers(infoHash, { announcePort: null, onPeers, signal: never }),
    )
    assert.ok(end.asked <= 80, `${end.asked} nodes were asked`)
    firstMs.push(foundMs)
    wholeMs.push(clock.nowMs() - startMs)
  }
  assert.ok(firstMs.every(Number.isFinite), 'every search finds the peer')
  assert.ok(
    median(firstMs) < 1000,
    `first peers after ${firstMs.toSorted((a, b) => a - b).join(' ')} ms`,
  )
  assert.ok(
    median(wholeMs) < 2000,
    `searches took ${wholeMs.toSorted((a, b) => a - b).join(' ')} ms`,
  )
})

test('searches begun at once through the one node that is known all reach it', async () => {
  await using crowd = await DhtCrowd.open({ seed: 'at once', nodes: 1 })
  const dht = crowd.dht(crowd.host())
  const search = () =>
    dht.findPeers(crowd.random.bytes(NODE_ID_BYTES), {
      announcePort: null,
      onPeers: () => {},
      signal: new AbortController().signal,
    })
  const ends = await crowd.clock.run(Promise.all(Array.from({ length: 12 }, search)))
  assert.deepEqual(
    ends.map(({ answered }) => answered),
    Array.from({ length: 12 }, () => 1),
  )
})

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity
}
