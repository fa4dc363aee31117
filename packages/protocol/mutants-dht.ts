import type { Mutant } from '../../tools/mutant.ts'

const DHT = 'packages/protocol/src/dht'
const MESSAGE_TEST = `${DHT}/dht-message.test.ts`
const ITEM_TEST = `${DHT}/dht-item.test.ts`

/** Guards of what nodes of the DHT send. */
export const DHT_MUTANTS: readonly Mutant[] = [
  {
    row: 'T5',
    guard: 'reads no long datagram',
    file: `${DHT}/dht-decoder.ts`,
    find: 'if (bytes.length > LIMITS.dhtMessageBytes)',
    replace: 'if (bytes.length < 0)',
    test: MESSAGE_TEST,
  },
  {
    row: 'T5',
    guard: 'refuses more values than a list of peers has',
    file: `${DHT}/dht-decoder.ts`,
    find: '      maxTokens: LIMITS.dhtMessageTokens,',
    replace: '',
    test: MESSAGE_TEST,
  },
  {
    row: 'T5',
    guard: 'takes a capped number of peers',
    file: `${DHT}/dht-decoder.ts`,
    find: 'if (peers.length === LIMITS.dhtPeers) break',
    replace: '',
    test: MESSAGE_TEST,
  },
  {
    row: 'T5',
    guard: 'takes a capped number of nodes',
    file: `${DHT}/compact-node.ts`,
    find: 'at < bytes.length && at < limit * size',
    replace: 'at < bytes.length',
    test: MESSAGE_TEST,
  },
  {
    row: 'T5',
    guard: 'refuses a run of nodes that ends in the middle of one',
    file: `${DHT}/compact-node.ts`,
    find: 'if (bytes.length % size !== 0) return null',
    replace: '',
    test: MESSAGE_TEST,
  },
  {
    row: 'T5',
    guard: 'repeats no long transaction id',
    file: `${DHT}/dht-decoder.ts`,
    find: 'transaction.length > LIMITS.dhtTransactionBytes',
    replace: 'transaction.length < 0',
    test: MESSAGE_TEST,
  },
  {
    row: 'T7',
    guard: 'takes no long value',
    file: `${DHT}/dht-item.ts`,
    find: 'if (item.value.length > LIMITS.dhtValueBytes)',
    replace: 'if (item.value.length < 0)',
    test: MESSAGE_TEST,
  },
  {
    row: 'T7',
    guard: 'takes no long salt',
    file: `${DHT}/dht-item.ts`,
    find: 'if (salt.length > ITEM_BYTES.salt)',
    replace: 'if (salt.length < 0)',
    test: ITEM_TEST,
  },
  {
    row: 'T7',
    guard: 'takes no value that would come out otherwise',
    file: `${DHT}/dht-item.ts`,
    find: '    decodeBencode(item.value)',
    replace: '    decodeBencode(item.value, { canonical: false })',
    test: ITEM_TEST,
  },
]
