import { test } from 'node:test'
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

interface Packet {
  readonly protocol: string
  readonly to: string
  readonly port: number
  /** The name that a resolver is asked for; else empty. */
  readonly asks: string
}

/** What Debian's Chromium looks up on its own account, whatever page is open. */
const BROWSERS_OWN = /\.(?:google|googleapis|gstatic)\.com$/u

/** What far-world.ts prints. */
interface Heard {
  readonly before: readonly Packet[]
  readonly watched: { readonly bytes: number }
  readonly after: readonly Packet[]
  readonly shouted: readonly Packet[]
  readonly seed: string
  /** Ports of the tracker that the record names, and of the peer that the tracker names. */
  readonly named: readonly number[]
  /** Bytes that the seed sent. */
  readonly served: number
}

test('before a work is opened nothing leaves the machine; after, without the DHT, packets go to whom its record names', async () => {
  const world = fileURLToPath(new URL('far-world.ts', import.meta.url))
  const run = spawn('unshare', ['--net', process.execPath, world], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { before, watched, after, shouted, seed, named, served } = JSON.parse(
    await text(run.stdout),
  ) as Heard
  const ours = (packets: readonly Packet[]): readonly Packet[] =>
    packets.filter(({ asks }) => !BROWSERS_OWN.test(asks))
  assert.deepEqual(ours(before), [])
  assert.ok(watched.bytes > 0 && served >= watched.bytes)
  const places = new Set(ours(after).map(({ protocol, to, port }) => `${protocol} ${to} ${port}`))
  const allowed = named.map((port) => `tcp ${seed} ${port}`)
  assert.ok(places.size > 0)
  assert.deepEqual(
    [...places].filter((place) => !allowed.includes(place)),
    [],
  )
  // The ear hears: a name that is asked for, and a call to a stranger.
  assert.ok(shouted.some(({ asks }) => asks === 'nobody.example'))
  assert.ok(shouted.some(({ to }) => to === '8.8.4.4'))
})
