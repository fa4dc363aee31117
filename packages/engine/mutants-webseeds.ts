import type { Mutant } from '../../tools/mutant.ts'

const SRC = 'packages/engine/src/webseed'
const HOSTILE = 'packages/engine/test/web-seed.hostile.sim.test.ts'
const ANSWER = `${SRC}/range-answer.test.ts`

/** Guards against what web seeds answer, switched off one by one. */
export const WEB_SEED_MUTANTS: readonly Mutant[] = [
  {
    row: 'T9',
    guard: 'takes no other range than the one asked for',
    file: `${SRC}/range-answer.ts`,
    find: `if (given === \`\${range}\${fileBytes}\` || given === \`\${range}*\`)`,
    replace: `if (given !== \`\${range}\${fileBytes}\` || given !== \`\${range}*\`)`,
    test: ANSWER,
  },
  {
    row: 'T9',
    guard: 'refuses the whole file for a part of it',
    file: `${SRC}/range-answer.ts`,
    find: `return spanLength(span) === fileBytes`,
    replace: `return spanLength(span) <= fileBytes`,
    test: ANSWER,
  },
  {
    row: 'T9',
    guard: 'stops reading where the range ends',
    file: `${SRC}/range-job.ts`,
    find: `maxBytes: spanLength(fileSpan),`,
    replace: `maxBytes: Number.MAX_SAFE_INTEGER,`,
    test: HOSTILE,
  },
  {
    row: 'T9',
    guard: 'never asks again who sends more than was asked for',
    file: `${SRC}/range-job.ts`,
    find: `  if (error.code === 'too-large') return { kind: 'wrong', reason: 'more bytes than asked for' }\n`,
    replace: '',
    test: HOSTILE,
  },
  {
    row: 'T9',
    guard: 'never asks again who answers something else',
    file: `${SRC}/web-seed.ts`,
    find: `if (failure.kind === 'wrong') host.onWrong(this.id, failure.reason)`,
    replace: `if (failure.kind === 'wrong') host.onReady(this.id)`,
    test: HOSTILE,
  },
  {
    row: 'T9',
    guard: 'never asks again who sent wrong data',
    file: 'packages/engine/src/torrent-run.ts',
    find: `else if (this.#webSeeds?.ban(id, reason) === true) this.#live?.downloader.leave(id)`,
    replace: '',
    test: HOSTILE,
  },
]
