import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { test } from 'node:test'
import { MINUTE_MS, SECOND_MS, latin1Bytes } from '@matinee/base'
import {
  decodeDhtMessage,
  encodeDhtAnswer,
  itemTarget,
  signedBytes,
  type DhtContact,
  type DhtItem,
  type MutableItem,
} from '@matinee/protocol'
import { mayDial } from '@matinee/net'
import { nodeHash, type SimHost } from '@matinee/testkit'
import { DhtCrowd, NODE_PORT, type CrowdNode } from './dht-crowd.ts'
import { DhtTap, EMPTY_ANSWER, strangerAt } from './dht-tap.ts'

const NEVER = new AbortController().signal
const INFO_HASH = new Uint8Array(20).fill(0x5a)

test('T5: two hundred nodes of one network around a torrent don’t hide its peers', async () => {
  await using crowd = await DhtCrowd.open({ seed: 'sybils', nodes: 50 })
  const { clock } = crowd
  const sybils = await surround(crowd, 200)
  const announcing = crowd.dht(crowd.host())
  const onPeers = (): void => {}
  const end = await clock.run(
    announcing.findPeers(INFO_HASH, { announcePort: 7000, onPeers, signal: NEVER }),
  )
  assert.ok(end.kept >= 6, `${end.kept} nodes keep it`)
  const searching = crowd.dht(crowd.host())
  const found: string[] = []
  const search = await clock.run(
    searching.findPeers(INFO_HASH, {
      announcePort: null,
      onPeers: (peers) => found.push(...peers.map(({ port }) => String(port))),
      signal: NEVER,
    }),
  )
  assert.ok(found.includes('7000'), `${search.answered} answered`)
  const asked = crowd.sim.traffic.filter(({ to }) => to.startsWith('66.66.66.')).length
  assert.ok(asked < sybils, `${asked} questions went to one network`)
})

test('T5: an answer counts only from the address that was asked, and only once', async () => {
  await using tap = await DhtTap.open('wrong port')
  const asked = strangerAt(1)
  const outcomes: string[] = []
  const onOutcome = ({ kind }: { readonly kind: string }): number => outcomes.push(kind)
  tap.us.node.ask(asked, { kind: 'ping' }, { onOutcome })
  const [question] = tap.sentTo(asked)
  assert.ok(question)
  const { transaction } = question.message
  tap.answer(transaction, { ...asked, port: asked.port + 1 })
  tap.answer(transaction, strangerAt(2))
  tap.answer(
    transaction.map((byte) => byte ^ 1),
    asked,
  )
  assert.deepEqual(outcomes, [])
  assert.equal(tap.us.node.table.size, 0)
  tap.answer(transaction, asked)
  tap.answer(transaction, asked)
  assert.deepEqual(outcomes, ['answered'])
  assert.equal(tap.us.node.table.size, 1)
})

test('T5: who spams is not heard for minutes, and others are', async () => {
  await using tap = await DhtTap.open('spam')
  const { clock } = tap.crowd
  const spammer = strangerAt(1)
  for (let second = 0; second < 10; second++) {
    for (let i = 0; i < 100; i++) {
      tap.ask({ kind: 'ping' }, spammer, true)
      await clock.advance(10)
    }
  }
  assert.ok(tap.sentTo(spammer).length <= 10, `${tap.sentTo(spammer).length} answers`)
  tap.ask({ kind: 'ping' }, strangerAt(2), true)
  assert.equal(tap.sentTo(strangerAt(2)).length, 1)
  const before = tap.sentTo(spammer).length
  await clock.advance(MINUTE_MS)
  tap.ask({ kind: 'ping' }, spammer, true)
  assert.equal(tap.sentTo(spammer).length, before)
  await clock.advance(5 * MINUTE_MS)
  tap.ask({ kind: 'ping' }, spammer, true)
  assert.equal(tap.sentTo(spammer).length, before + 1)
})

test('T6: one address gets at most five answers in a second', async () => {
  await using tap = await DhtTap.open('five')
  const asker = strangerAt(1)
  for (let i = 0; i < 20; i++) tap.ask({ kind: 'ping' }, asker, true)
  assert.equal(tap.sentTo(asker).length, 5)
})

test('T6: however many ask, with whatever senders, less than 8000 bytes leave in any second', async () => {
  await using tap = await DhtTap.open('flood')
  const { clock } = tap.crowd
  for (let i = 0; i < 40; i++)
    tap.us.responder.peers.add(INFO_HASH, strangerAt(10_000 + i), clock.nowMs())
  fillTable(tap.us, 200)
  for (let i = 0; i < 6000; i++) {
    tap.ask({ kind: 'get-peers', infoHash: INFO_HASH }, strangerAt(i), i % 2 === 0)
    await clock.advance(1)
  }
  const total = tap.sent.reduce((sum, { length }) => sum + length, 0)
  assert.ok(total > 20_000, `only ${total} bytes: nobody is answered`)
  for (const { atMs } of tap.sent) {
    const inSecond = tap.sent.filter((one) => one.atMs >= atMs && one.atMs < atMs + SECOND_MS)
    const bytes = inSecond.reduce((sum, { length }) => sum + length, 0)
    assert.ok(bytes <= 8000, `${bytes} bytes in a second`)
  }
})

test('T6: an item goes only to who has shown that the address is his', async () => {
  await using tap = await DhtTap.open('item')
  const item: DhtItem = { kind: 'immutable', value: latin1Bytes(`900:${'x'.repeat(900)}`) }
  assert.equal(tap.us.responder.items.put(item, strangerAt(9), null, 0).kind, 'kept')
  const target = itemTarget(item, nodeHash)
  const victim = strangerAt(1)
  tap.ask({ kind: 'get', target, newerThan: null }, victim)
  await tap.crowd.clock.advance(10 * SECOND_MS)
  const toVictim = tap.sentTo(victim).reduce((sum, { length }) => sum + length, 0)
  assert.ok(toVictim <= 200, `${toVictim} bytes to somebody who asked for nothing`)
  const honest = strangerAt(2)
  tap.ask({ kind: 'get', target, newerThan: null }, honest)
  const [ping] = tap.sentTo(honest)
  assert.ok(ping?.message.kind === 'query')
  tap.answer(ping.message.transaction, honest)
  const [, whole] = tap.sentTo(honest)
  assert.ok(whole?.message.kind === 'answer')
  assert.deepEqual(whole.message.answer.item, item)
})

test('P14: a victim whom lying nodes name with ever new ports is asked three times', async () => {
  await using crowd = await DhtCrowd.open({ seed: 'victim', nodes: 0 })
  const victim = crowd.host()
  const liar = crowd.host()
  crowd.sim.names.set('router.example', [liar.address])
  await lie(liar, crowd, (i) => ({ host: victim.address, port: 2000 + i }))
  const dht = crowd.dht(crowd.host())
  for (let i = 0; i < 5; i++)
    await crowd.clock.run(
      dht.findPeers(INFO_HASH, { announcePort: 7000, onPeers: () => {}, signal: NEVER }),
    )
  const asked = crowd.sim.sentTo(victim.address).length
  assert.ok(asked > 0 && asked <= 3, `${asked} datagrams`)
})

test('P14: a node named at an address of this computer or its network is never asked', async () => {
  await using crowd = await DhtCrowd.open({ seed: 'inside', nodes: 0 })
  const liar = crowd.host()
  crowd.sim.names.set('router.example', [liar.address])
  const inside = ['127.0.0.1', '192.168.1.1', '10.0.0.1', '169.254.169.254', '100.64.0.1']
  await lie(liar, crowd, (i) => ({ host: inside[i % inside.length] ?? '', port: 2000 + i }))
  const us = crowd.host({ mayDial: (to, from) => mayDial(to, from, { allowLocal: false }) })
  const dht = crowd.dht(us)
  await crowd.clock.run(
    dht.findPeers(INFO_HASH, { announcePort: 7000, onPeers: () => {}, signal: NEVER }),
  )
  for (const host of inside) assert.deepEqual(crowd.sim.sentTo(host), [], host)
  const refused = crowd.sim.traffic.filter(({ isRefused }) => isRefused)
  assert.ok(refused.length >= inside.length)
  assert.ok(refused.every(({ learnedFrom }) => learnedFrom === 'dht'))
})

test('T7: of a mutable item the newest with a right signature is taken, whoever tells another', async () => {
  await using crowd = await DhtCrowd.open({ seed: 'item', nodes: 30 })
  const { clock } = crowd
  const owner = keyPair()
  const first = owner.item('4:cat1', 1)
  const second = owner.item('4:cat2', 2)
  const dht = crowd.dht(crowd.host())
  const put = await clock.run(dht.put(second, NEVER))
  assert.equal(put.kept, 8)
  const target = itemTarget(second, nodeHash)
  // Neighbours of the item that kept the old one, and one that makes up a newer one.
  const others = crowd.nodes.filter(({ responder }) => responder.items.get(target, 0) === null)
  for (const { responder } of others) responder.items.put(first, strangerAt(9), null, clock.nowMs())
  const forged = { ...second, sequence: 3, value: latin1Bytes('5:wrong') }
  const forger = crowd.host()
  await answerGets(forger, crowd, forged, target)
  crowd.sim.names.set('router.example', [forger.address, crowd.nodes[0]?.address.host ?? ''])
  const reader = crowd.dht(crowd.host())
  const { publicKey, salt } = second
  const got = await clock.run(reader.get({ kind: 'mutable', publicKey, salt }, NEVER))
  assert.deepEqual(got, second)
})

test('A13: what somebody put is had from them, when they are all that is left', async () => {
  await using crowd = await DhtCrowd.open({ seed: 'survivor', nodes: 0 })
  const { clock } = crowd
  const item = keyPair().item('4:cat1', 1)
  const survivor = crowd.host()
  const dht = crowd.dht(survivor)
  crowd.sim.names.set('router.example', [survivor.address])
  await clock.run(dht.put(item, NEVER))
  const reader = crowd.dht(crowd.host())
  const { publicKey, salt } = item
  const got = await clock.run(reader.get({ kind: 'mutable', publicKey, salt }, NEVER))
  assert.deepEqual(got, item)
})

test('T7: a node keeps no item with a wrong signature or token, and none in place of a newer one', async () => {
  await using tap = await DhtTap.open('keeping')
  const { responder } = tap.us
  const owner = keyPair()
  const codes: unknown[] = []
  let from = 0
  const put = (item: MutableItem, replaces: number | null, isHonest = true): void => {
    const address = strangerAt(++from)
    tap.ask({ kind: 'get', target: itemTarget(item, nodeHash), newerThan: 99 }, address, true)
    const [got] = tap.sentTo(address)
    assert.ok(got?.message.kind === 'answer' && got.message.answer.token)
    const token = isHonest ? got.message.answer.token : new Uint8Array(8)
    tap.ask({ kind: 'put', item, token, replaces }, address, true)
    const { message } = tap.sentTo(address)[1] ?? {}
    codes.push(message?.kind === 'failure' ? message.code : message?.kind)
  }
  put(owner.item('1:b', 5), null)
  put({ ...owner.item('1:c', 6), signature: new Uint8Array(64) }, null)
  put(owner.item('1:a', 4), null)
  put(owner.item('1:x', 5), null)
  put(owner.item('1:d', 7), 4)
  put(owner.item('1:d', 7), null, false)
  assert.deepEqual(codes, ['answer', 206, 302, 302, 301, 203])
  put(owner.item('1:d', 7), 5)
  const kept = responder.items.get(itemTarget(owner.item('1:d', 7), nodeHash), 0)
  assert.ok(kept?.kind === 'mutable' && kept.sequence === 7)
})

test('T6: items take a bounded memory, and one network can’t crowd out the others', async () => {
  await using tap = await DhtTap.open('shelf')
  const { items } = tap.us.responder
  const itemOf = (i: number): DhtItem => ({ kind: 'immutable', value: latin1Bytes(`i${i}e`) })
  items.put(itemOf(0), strangerAt(0), null, 0)
  for (let i = 1; i < 2000; i++) items.put(itemOf(i), strangerAt(1), null, 0)
  assert.equal(items.count, 51)
  assert.ok(items.get(itemTarget(itemOf(0), nodeHash), 0))
  for (let i = 2000; i < 4000; i++) items.put(itemOf(i), strangerAt(i), null, 0)
  assert.equal(items.count, 700)
})

test('T7: an announce without a token of ours is not kept', async () => {
  await using tap = await DhtTap.open('announce')
  const token = new Uint8Array(8)
  tap.ask({ kind: 'announce-peer', infoHash: INFO_HASH, port: 80, token }, strangerAt(1))
  assert.deepEqual(tap.us.responder.peers.of(INFO_HASH, 10, 0), [])
})

/** An Ed25519 key and what it signs. */
function keyPair() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(12))
  return {
    item(text: string, sequence: number): MutableItem {
      const part = { value: latin1Bytes(text), salt: latin1Bytes('feed'), sequence }
      const signature = new Uint8Array(sign(null, signedBytes(part), privateKey))
      return { kind: 'mutable', ...part, publicKey: raw, signature }
    },
  }
}

/** Nodes of one /24 next to the info-hash, who know each other alone, and whom everybody was told of. */
async function surround(crowd: DhtCrowd, count: number): Promise<number> {
  const contacts: DhtContact[] = Array.from({ length: count }, (_, i) => {
    const id = INFO_HASH.slice()
    id[19] = i
    id[18] = 1
    return { id, address: { host: `66.66.66.${i}`, port: NODE_PORT } }
  })
  for (const { id, address } of contacts) {
    const { network } = crowd.sim.host(address.host)
    const socket = await network.datagrams.bind(address, (bytes, from) => {
      const message = decodeDhtMessage(bytes)
      if (message.kind !== 'query') return
      const { transaction } = message
      const answer = { ...EMPTY_ANSWER, senderId: id, nodes: contacts.slice(0, 16) }
      socket.send(encodeDhtAnswer({ transaction, seenAs: from, answer }), from, 'own')
    })
  }
  for (const { node } of crowd.nodes)
    for (const contact of contacts) node.table.answered(contact, crowd.clock.nowMs())
  return contacts.length
}

/** A node that names sixteen others near the target, at addresses of the test's choice. */
async function lie(
  host: SimHost,
  crowd: DhtCrowd,
  address: (i: number) => { readonly host: string; readonly port: number },
): Promise<void> {
  let told = 0
  const at = { host: host.address, port: NODE_PORT }
  const senderId = crowd.random.bytes(20)
  const socket = await host.network.datagrams.bind(at, (bytes, from) => {
    const message = decodeDhtMessage(bytes)
    if (message.kind !== 'query') return
    const { transaction } = message
    const nodes = Array.from({ length: 16 }, () => {
      const id = INFO_HASH.slice()
      id.set(crowd.random.bytes(2), 18)
      return { id, address: address(told++) }
    })
    const answer = { ...EMPTY_ANSWER, senderId, nodes }
    socket.send(encodeDhtAnswer({ transaction, seenAs: from, answer }), from, 'own')
  })
}

/** A node that answers every question with an item. */
async function answerGets(
  host: SimHost,
  crowd: DhtCrowd,
  item: DhtItem,
  target: Uint8Array,
): Promise<void> {
  const at = { host: host.address, port: NODE_PORT }
  const senderId = target.slice()
  const nodes = crowd.nodes.slice(0, 8).map(({ node, address }) => ({ id: node.ownId, address }))
  const socket = await host.network.datagrams.bind(at, (bytes, from) => {
    const message = decodeDhtMessage(bytes)
    if (message.kind !== 'query') return
    const { transaction } = message
    const answer = { ...EMPTY_ANSWER, senderId, nodes, item }
    socket.send(encodeDhtAnswer({ transaction, seenAs: from, answer }), from, 'own')
  })
}

/** So many neighbours. */
function fillTable(us: CrowdNode, count: number): void {
  for (let i = 0; i < count; i++) {
    const id = nodeHash.sha1(latin1Bytes(`node ${i}`))
    us.node.table.answered({ id, address: strangerAt(20_000 + i) }, 0)
  }
}
