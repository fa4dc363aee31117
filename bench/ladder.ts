/**
 * `npm run ladder [-- --seeds 1000] [--first 0]`: a whole viewing with every call of its disk and network failing in
 * turn, once and from there on, for every kind of torrent, and as many power cuts as there are seeds. `npm test` runs a
 * part of it. Ends red at the first thing that is unverified, lost, left open, or an error without a class.
 */
import { parseArgs } from 'node:util'
import { climb, type Ladder } from '../packages/engine/test/error-ladder.ts'
import { liveThroughCut } from '../packages/engine/test/power-cut.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    first: { type: 'string', default: '0' },
  },
})
const first = Number(values.first)
const seeds = Number(values.seeds)
let claimed = 0
for (let seed = first; seed < first + seeds; seed++) {
  claimed += await liveThroughCut(seed)
  if ((seed + 1 - first) % 100 === 0) console.log(`${seed + 1 - first} power cuts survived`)
}
console.log(
  `${seeds} power cuts survived: ${(claimed / 1e6).toFixed(0)} MB claimed, all of it right`,
)
for (const kind of ['hybrid', 'v1', 'v2'] as const)
  for (const times of ['once', 'forever'] as const)
    for (const [of, code] of [
      ['disk', 'io'],
      ['disk', 'full'],
      ['disk', 'read-only'],
      ['network', 'io'],
    ] as const) {
      const ladder: Ladder = { kind, of, times, code }
      const calls = await climb(ladder)
      const how = of === 'disk' ? `“${code}” ` : ''
      console.log(`${kind}: each of ${calls} calls of the ${of} failed ${how}${times}`)
    }
