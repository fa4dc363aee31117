import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BlockTable } from './block-table.ts'

const BLOCKS = 4
const SOURCES = [1, 2, 3] as const

type State =
  | { readonly kind: 'missing' }
  | { readonly kind: 'requested'; readonly owners: readonly number[] }
  | { readonly kind: 'held' }
  | { readonly kind: 'have' }

const MISSING: State = { kind: 'missing' }

/** What a table should say: every block's state, by the rules of its drawing and nothing else. */
type Model = State[]

function stateOf(model: Readonly<Model>, block: number): State {
  return model[block] ?? MISSING
}

function ownersOf(state: State): readonly number[] {
  return state.kind === 'requested' ? state.owners : []
}

/** The table says of every block what the model says, and of all of them together. */
function assertAgrees(table: BlockTable, model: Readonly<Model>): void {
  let have = 0
  for (let block = 0; block < BLOCKS; block++) {
    const state = stateOf(model, block)
    assert.equal(table.isMissing(block), state.kind === 'missing')
    assert.equal(table.isHeld(block), state.kind === 'held')
    assert.equal(table.isHave(block), state.kind === 'have')
    assert.deepEqual(table.owners(block), ownersOf(state))
    if (state.kind === 'have') have++
  }
  assert.equal(table.haveCount, have)
  for (let first = 0; first <= BLOCKS; first++)
    for (let end = first; end <= BLOCKS; end++)
      assert.equal(
        table.hasAll(first, end),
        model.slice(first, end).every(({ kind }) => kind === 'have'),
      )
}

type Act = fc.Command<Model, BlockTable>

/** Asks a first source, or one more (a hedge). */
class Request implements Act {
  readonly #block: number
  readonly #source: number
  constructor(block: number, source: number) {
    this.#block = block
    this.#source = source
  }
  check(model: Readonly<Model>): boolean {
    const state = stateOf(model, this.#block)
    return state.kind === 'missing' || ownersOf(state).length > 0
  }
  run(model: Model, table: BlockTable): void {
    const owners = ownersOf(stateOf(model, this.#block))
    if (owners.includes(this.#source)) {
      assert.throws(() => table.request(this.#block, this.#source))
    } else {
      table.request(this.#block, this.#source)
      model[this.#block] = { kind: 'requested', owners: [...owners, this.#source] }
    }
    assertAgrees(table, model)
  }
  toString(): string {
    return `request ${this.#block} of ${this.#source}`
  }
}

/** Rejected, choked, gone, or told to forget it: whether or not it was asked, whatever became of the block. */
class Release implements Act {
  readonly #block: number
  readonly #source: number
  constructor(block: number, source: number) {
    this.#block = block
    this.#source = source
  }
  check(): boolean {
    return true
  }
  run(model: Model, table: BlockTable): void {
    const state = stateOf(model, this.#block)
    table.release(this.#block, this.#source)
    const left = ownersOf(state).filter((owner) => owner !== this.#source)
    if (state.kind === 'requested')
      model[this.#block] = left.length > 0 ? { kind: 'requested', owners: left } : MISSING
    assertAgrees(table, model)
  }
  toString(): string {
    return `release ${this.#block} from ${this.#source}`
  }
}

/** Its bytes came, asked for or not. */
class Hold implements Act {
  readonly #block: number
  constructor(block: number) {
    this.#block = block
  }
  check(model: Readonly<Model>): boolean {
    return stateOf(model, this.#block).kind !== 'have'
  }
  run(model: Model, table: BlockTable): void {
    const asked = ownersOf(stateOf(model, this.#block))
    assert.deepEqual(table.hold(this.#block), asked, 'everybody who was asked can be told')
    model[this.#block] = { kind: 'held' }
    assertAgrees(table, model)
  }
  toString(): string {
    return `hold ${this.#block}`
  }
}

class Have implements Act {
  readonly #block: number
  constructor(block: number) {
    this.#block = block
  }
  check(): boolean {
    return true
  }
  run(model: Model, table: BlockTable): void {
    const asked = ownersOf(stateOf(model, this.#block))
    assert.deepEqual(table.have(this.#block), asked, 'everybody who was asked can be told')
    model[this.#block] = { kind: 'have' }
    assertAgrees(table, model)
  }
  toString(): string {
    return `have ${this.#block}`
  }
}

/** Found corrupt, or no longer on the disk; who was asked meanwhile still is. */
class Lose implements Act {
  readonly #block: number
  constructor(block: number) {
    this.#block = block
  }
  check(): boolean {
    return true
  }
  run(model: Model, table: BlockTable): void {
    table.lose(this.#block)
    if (stateOf(model, this.#block).kind !== 'requested') model[this.#block] = MISSING
    assertAgrees(table, model)
  }
  toString(): string {
    return `lose ${this.#block}`
  }
}

/** What must never be done: each is refused and leaves the table as it was. */
class Misuse implements Act {
  readonly #block: number
  constructor(block: number) {
    this.#block = block
  }
  check(model: Readonly<Model>): boolean {
    const { kind } = stateOf(model, this.#block)
    return kind === 'held' || kind === 'have'
  }
  run(model: Model, table: BlockTable): void {
    for (const source of SOURCES) assert.throws(() => table.request(this.#block, source))
    if (stateOf(model, this.#block).kind === 'have') assert.throws(() => table.hold(this.#block))
    assertAgrees(table, model)
  }
  toString(): string {
    return `misuse ${this.#block}`
  }
}

const block = fc.nat(BLOCKS - 1)
const source = fc.constantFrom(...SOURCES)

test('whatever is requested, hedged, released, held, verified and lost, every block is in one state', () => {
  const acts = [
    fc.tuple(block, source).map(([of, by]) => new Request(of, by)),
    fc.tuple(block, source).map(([of, by]) => new Request(of, by)),
    fc.tuple(block, source).map(([of, by]) => new Release(of, by)),
    block.map((of) => new Hold(of)),
    block.map((of) => new Have(of)),
    block.map((of) => new Lose(of)),
    block.map((of) => new Misuse(of)),
  ]
  fc.assert(
    fc.property(fc.commands(acts, { maxCommands: 80 }), (history) => {
      const setup = () => ({
        model: Array.from({ length: BLOCKS }, (): State => MISSING),
        real: new BlockTable(BLOCKS),
      })
      fc.modelRun(setup, history)
    }),
    { numRuns: 500 },
  )
})
