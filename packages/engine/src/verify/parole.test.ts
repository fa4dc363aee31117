import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB } from '@matinee/base'
import { makeTorrent, nodeHash } from '@matinee/testkit'
import { BlockGrid } from '../pick/block-grid.ts'
import { HashTrees } from './hash-trees.ts'
import { Parole, type TrialStep } from './parole.ts'
import type { SentBlock } from './sent-block.ts'
import { Verifier } from './verifier.ts'

const RIGHT = 1
const WRONG = 2

function sent(block: number, from: number, value: number): SentBlock {
  return { block, from, bytes: new Uint8Array(16).fill(value) }
}

function choiceOf(step: TrialStep): readonly SentBlock[] {
  assert.equal(step.kind, 'choice')
  return step.kind === 'choice' ? step.blocks : []
}

test('P1: whoever is outvoted about a block is left out, and banned when the piece comes out right', () => {
  const parole = new Parole(nodeHash)
  const first = [sent(0, 7, RIGHT), sent(1, 8, WRONG), sent(2, 9, RIGHT)]
  assert.deepEqual(parole.begin(0, first), [0, 1, 2])
  parole.take(0, sent(0, 8, RIGHT))
  parole.take(0, sent(2, 7, RIGHT))
  // Two disagree: a third is asked.
  assert.deepEqual(parole.take(0, sent(1, 9, RIGHT)), { kind: 'again', blocks: [1] })
  const choice = choiceOf(parole.take(0, sent(1, 7, RIGHT)))
  assert.deepEqual([...parole.suspects()], [8])
  assert.ok(choice.every(({ bytes }) => bytes[0] === RIGHT))
  assert.deepEqual(parole.proved(0, choice), [8])
  assert.equal(parole.isBusy, false)
})

test('P1: two who bear each other out in a lie are found out all the same', () => {
  const parole = new Parole(nodeHash)
  parole.begin(0, [sent(0, 1, WRONG), sent(1, 2, RIGHT)])
  parole.take(0, sent(1, 1, RIGHT))
  let step = parole.take(0, sent(0, 2, RIGHT))
  step = parole.take(0, sent(0, 3, WRONG))
  // The majority lies: its choice is hashed, wrong, and what the others say is tried.
  for (let round = 0; step.kind === 'choice' && step.blocks[0]?.bytes[0] === WRONG; round++) {
    assert.ok(round < 5)
    step = parole.step(0)
  }
  for (let source = 4; step.kind === 'again'; source++) {
    assert.ok(source < 20)
    for (const block of step.blocks) step = parole.take(0, sent(block, source, RIGHT))
    while (step.kind === 'choice' && step.blocks[0]?.bytes[0] === WRONG) step = parole.step(0)
  }
  assert.deepEqual(
    parole.proved(0, choiceOf(step)).toSorted((a, b) => a - b),
    [1, 3],
  )
})

test('P1: a block in doubt is asked of those alone who have not sent it', () => {
  const { metainfo } = makeTorrent({ kind: 'v1', files: 64 * KIB, pieceLength: 64 * KIB })
  const grid = new BlockGrid(metainfo)
  const trees = new HashTrees(metainfo, grid, nodeHash)
  const verifier = new Verifier(metainfo, grid, trees, nodeHash)
  for (let block = 0; block < 4; block++)
    verifier.take(block, new Uint8Array(16 * KIB).fill(block), block % 2)
  assert.equal(verifier.mayAsk(0, 2, 0), false)
  assert.equal(verifier.mayAsk(0, 2, 1), true)
  assert.equal(verifier.mayAsk(0, 2, 5), true)
})
