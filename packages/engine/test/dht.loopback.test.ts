import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { SILENT_LOG, addressKey, type DatagramSocket } from '@matinee/base'
import { createNetwork, type EgressNetwork } from '@matinee/net'
import { MainlineDht } from '../src/dht/mainline-dht.ts'
import {
  systemClock,
  systemDisk,
  systemHash,
  systemRandom,
  verifyEd25519,
} from '../src/node/system.ts'
import { temporaryFolder } from './machine.ts'

for (const host of ['127.0.0.1', '::1'])
  test(`nodes at ${host} find each other's announces on real sockets`, async (t) => {
    await using network = createNetwork({ clock: systemClock(), allowLocal: true })
    if (!(await canBind(network, host))) {
      t.skip(`this machine has no ${host}`)
      return
    }
    await using folder = await temporaryFolder()
    let opened = 0
    const open = (bootstrap: readonly string[]): MainlineDht =>
      new MainlineDht({
        network,
        disk: systemDisk(),
        clock: systemClock(),
        random: systemRandom(),
        hash: systemHash(),
        log: SILENT_LOG,
        verify: verifyEd25519,
        folder: `${folder.path}/${opened++}`,
        at: { host, port: 0 },
        bootstrap,
      })
    await using first = open([])
    const { signal } = new AbortController()
    const infoHash = new Uint8Array(randomBytes(20))
    const nothing = { announcePort: null, onPeers: () => {}, signal }
    await first.findPeers(infoHash, nothing)
    const [family] = first.status().families
    assert.ok(family?.port)
    const entrance = addressKey({ host, port: family.port })
    await using seed = open([entrance])
    const { kept } = await seed.findPeers(infoHash, { ...nothing, announcePort: 7000 })
    assert.equal(kept, 1)
    await using viewer = open([entrance])
    const found: string[] = []
    await viewer.findPeers(infoHash, {
      ...nothing,
      onPeers: (peers) => found.push(...peers.map(addressKey)),
    })
    assert.ok(found.includes(addressKey({ host, port: 7000 })), found.join(' '))
  })

async function canBind(network: EgressNetwork, host: string): Promise<boolean> {
  let socket: DatagramSocket | null = null
  try {
    socket = await network.datagrams.bind({ host, port: 0 }, () => {})
    return true
  } catch {
    return false
  } finally {
    await socket?.close()
  }
}
