import { bencodeFuzzer } from './bencode-fuzzer.ts'
import { dhtFuzzer } from './dht-fuzzer.ts'
import { extensionHandshakeFuzzer, metadataFuzzer, peerExchangeFuzzer } from './extension-fuzzer.ts'
import type { Fuzzer } from './fuzzer.ts'
import { magnetFuzzer } from './magnet-fuzzer.ts'
import { metainfoFuzzer } from './metainfo-fuzzer.ts'
import { httpTrackerFuzzer, trackerRequestFuzzer, udpTrackerFuzzer } from './tracker-fuzzer.ts'
import { handshakeFuzzer, wireFuzzer } from './wire-fuzzer.ts'

/** Every fuzzer of this package. */
export const FUZZERS: readonly Fuzzer[] = [
  bencodeFuzzer,
  magnetFuzzer,
  metainfoFuzzer,
  handshakeFuzzer,
  wireFuzzer,
  extensionHandshakeFuzzer,
  metadataFuzzer,
  peerExchangeFuzzer,
  httpTrackerFuzzer,
  udpTrackerFuzzer,
  trackerRequestFuzzer,
  dhtFuzzer,
]
