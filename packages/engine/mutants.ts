import type { Mutant } from '../../tools/mutant.ts'
import { DHT_MUTANTS } from './mutants-dht.ts'
import { DISCOVERY_MUTANTS } from './mutants-discovery.ts'
import { PEER_MUTANTS } from './mutants-peers.ts'
import { ROOM_MUTANTS } from './mutants-room.ts'
import { STORE_MUTANTS } from './mutants-store.ts'
import { VERIFY_MUTANTS } from './mutants-verify.ts'
import { WEB_SEED_MUTANTS } from './mutants-webseeds.ts'
import { WHOLE_MUTANTS } from './mutants-whole.ts'

/** Every guard of this package that a test must miss. */
export const MUTANTS: readonly Mutant[] = [
  ...DHT_MUTANTS,
  ...DISCOVERY_MUTANTS,
  ...PEER_MUTANTS,
  ...ROOM_MUTANTS,
  ...STORE_MUTANTS,
  ...VERIFY_MUTANTS,
  ...WEB_SEED_MUTANTS,
  ...WHOLE_MUTANTS,
]
