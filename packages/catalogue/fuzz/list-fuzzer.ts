import assert from 'node:assert/strict'
import {
  makeEnvelope,
  openEnvelope,
  parseListDraft,
  readFollowedList,
  readOfferedList,
  signList,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { madeKey } from '../test/signed/made-key.ts'
import type { Fuzzer } from './fuzzer.ts'
import { RECORD_GRAMMAR, mutateBytes } from './mutation.ts'

const CRYPTO = systemFeedCrypto()
const SIGNER = madeKey(70)
const KEY = SIGNER.publicKey.toHex()
const KNOWN = parseListDraft({
  id: 'nights',
  serial: 7,
  issued: '2026-01-02',
  curator: 'Ada',
  translations: { en: { title: 'Nights', note: 'On water.' } },
  mirrors: ['https://ada.example/nights.json'],
  works: [
    { feed: 'ab'.repeat(32), work: 'one', notes: { en: 'Begin here.' } },
    { feed: 'cd'.repeat(32), work: 'two' },
  ],
})
const FILE = signList(KNOWN, [SIGNER])
const { payload: PAYLOAD } = openEnvelope(FILE, 'matinee-list', 'list', CRYPTO)

/** A list whose file was damaged, or that its own key signed damaged: read whole, or refused by name; it never goes back. */
export const listFuzzer: Fuzzer = {
  name: 'followed list',
  run(random) {
    const damaged =
      random.below(2) === 0
        ? mutateBytes(random, FILE, RECORD_GRAMMAR)
        : makeEnvelope(mutateBytes(random, PAYLOAD, RECORD_GRAMMAR), 'matinee-list', [SIGNER])
    const read = readFollowedList(damaged, KEY, KNOWN, CRYPTO)
    if (read.kind === 'refused') assert.ok(read.refusal.code.length > 0)
    if (read.kind === 'list') {
      const { list } = read
      assert.equal(list.id, KNOWN.id)
      assert.ok(list.serial > KNOWN.serial || JSON.stringify(list) === JSON.stringify(KNOWN))
      assert.ok(list.works.length > 0 && list.works.length <= 1000)
      assert.deepEqual(readOfferedList(damaged, CRYPTO), { ...read, key: KEY })
    }
    assert.equal('polluted' in {}, false)
  },
}
