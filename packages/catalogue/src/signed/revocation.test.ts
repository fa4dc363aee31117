import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  PUBLISHER,
  type Revocation,
  type RevocationMemory,
  type RoleName,
  decisionsOn,
  foreignDecisionsOn,
  parseCuratorName,
  parseRevocations,
  rememberRevocations,
  standingUnder,
} from '@matinee/catalogue'
import { revocationCases } from '../../test/signed/small-fixtures.ts'
import { workId } from '../../test/signed/made-packs.ts'

const ROOT = 'ab'.repeat(32)
const KINO = parseCuratorName('kino') ?? PUBLISHER
const ANY = (): boolean => true

/** What a file of revocations says, as it's read. */
function said(...entries: readonly Readonly<Record<string, unknown>>[]): readonly Revocation[] {
  const filled = entries.map((entry) => ({
    work: 'one',
    serial: 1,
    state: 'revoked',
    effect: 'blocked',
    reason: 'notice',
    on: '2026-03-01',
    ...entry,
  }))
  const file = { type: 'matinee-revocations', version: 1, entries: filled }
  const read = parseRevocations(new TextEncoder().encode(JSON.stringify(file)), 'revocations.json')
  assert.ok(read !== null)
  return read
}

function remember(
  memory: RevocationMemory,
  entry: Readonly<Record<string, unknown>>,
  authority: RoleName = PUBLISHER,
): RevocationMemory {
  return rememberRevocations(memory, authority, said(entry), ANY)
}

function standing(memory: RevocationMemory, work = 'one') {
  return standingUnder(decisionsOn(memory, workId(work)))
}

const WHOLE = { isOffered: true, isPlayed: true, isSeeded: true }

test('C14: a revocation that a newer file leaves out stays in force', () => {
  const memory = remember([], { serial: 4 })
  assert.equal(standing(memory).isOffered, false)
  assert.equal(standing(rememberRevocations(memory, PUBLISHER, [], ANY)).isOffered, false)
})

test('C14: a lower or equal serial lifts nothing, a higher one does', () => {
  const memory = remember([], { serial: 4 })
  for (const serial of [1, 3, 4])
    assert.equal(standing(remember(memory, { serial, state: 'reinstated' })).isOffered, false)
  const lifted = remember(memory, { serial: 5, state: 'reinstated' })
  assert.deepEqual(standing(lifted), WHOLE)
  assert.equal(standing(remember(lifted, { serial: 4 })).isOffered, true, 'not brought back')
  assert.equal(standing(remember(lifted, { serial: 6 })).isOffered, false)
})

test('C14: one authority does not lift what another decided', () => {
  const memory = remember(remember([], { serial: 1 }), { serial: 1, effect: 'delisted' }, KINO)
  const lifted = remember(memory, { serial: 9, state: 'reinstated' }, KINO)
  assert.deepEqual(standing(lifted), { isOffered: false, isPlayed: false, isSeeded: false })
  const both = remember(lifted, { serial: 2, state: 'reinstated' })
  assert.deepEqual(standing(both), WHOLE)
})

test('C13: a curator revokes works that they may admit, and no others', () => {
  const own = workId('kino-one')
  const memory = rememberRevocations(
    [],
    KINO,
    said({ work: 'kino-one' }, { work: 'one' }),
    (work) => work === own,
  )
  assert.equal(standing(memory, 'kino-one').isOffered, false)
  assert.deepEqual(standing(memory), WHOLE)
})

test('C14: each effect leaves what it leaves, and the strongest counts', () => {
  const of = (effect: string) => standing(remember([], { effect }))
  assert.deepEqual(of('delisted'), { isOffered: false, isPlayed: true, isSeeded: true })
  assert.deepEqual(of('unshared'), { isOffered: false, isPlayed: true, isSeeded: false })
  assert.deepEqual(of('blocked'), { isOffered: false, isPlayed: false, isSeeded: false })
  const both = remember(remember([], { effect: 'delisted' }), { effect: 'unshared' }, KINO)
  assert.equal(standing(both).isSeeded, false)
})

test("another feed's revocation is about hashes that both name, and never about an id alone", () => {
  const memory = remember([], { covers: [ROOT] })
  assert.equal(foreignDecisionsOn(memory, new Set([ROOT])).length, 1)
  assert.equal(foreignDecisionsOn(memory, new Set(['cd'.repeat(32)])).length, 0)
  assert.equal(foreignDecisionsOn(remember([], {}), new Set([ROOT])).length, 0)
})

test('C14: in whatever order and however often files come, the highest serial counts', () => {
  const entry = fc.record({
    serial: fc.integer({ min: 1, max: 6 }),
    state: fc.constantFrom('revoked', 'reinstated'),
  })
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 12 }), (entries) => {
      let memory: RevocationMemory = []
      let highest: { serial: number; state: string } | null = null
      for (const each of entries) {
        memory = remember(memory, each)
        if (highest === null || each.serial > highest.serial) highest = each
      }
      assert.equal(standing(memory).isOffered, highest?.state === 'reinstated')
    }),
    { seed: 14, numRuns: 500 },
  )
})

for (const { name, row, step, entry, code } of revocationCases())
  test(`${row}: step ${step} refuses ${name}: ${code}`, () => {
    assert.throws(() => said(entry), { code })
  })
