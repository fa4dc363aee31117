/**
 * `npm run soak [-- --minutes 10] [--torrents 200] [--seed 1] [--trial]`: one engine with so many torrents, among peers
 * that come and go, with viewers who seek; ends red when memory, timers, sockets or files grow, when anything is left
 * at its end, or when a byte is wrong. Adds its figures to docs/measurements.jsonl unless it's a trial. Linux only.
 */
import { parseArgs } from 'node:util'
import { record, single, spread } from './src/measurement.ts'
import { growthOf } from './src/soak/flatness.ts'
import { runSoak } from './src/soak/soak-run.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    torrents: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    trial: { type: 'boolean', default: false },
  },
})
const minutes = Number(values.minutes)
const torrents = Number(values.torrents)
const seed = Number(values.seed)
const report = await runSoak({ minutes, torrents, seed, samples: minutes < 30 ? 30 : 60 })
const growth = growthOf(report.samples)
const { left, atFirst } = report
const problems = growth
  .filter(({ after, limit }) => after > limit)
  .map(({ what, before, after }) => `${what} grew from ${before} to ${after}`)
for (const what of ['timers', 'sockets', 'descriptors'] as const)
  if (left[what] > atFirst[what]) problems.push(`${left[what] - atFirst[what]} ${what} are left`)

const command = ['npm run soak --', ...process.argv.slice(2)].join(' ')
const say = (what: string, unit: string, of: readonly number[]): void => {
  const name = `soak of ${torrents} torrents for ${minutes} minutes: ${what}`
  const figures = of.length === 1 ? single(of[0] ?? 0) : spread(of)
  record({ what: name, unit, ...figures, seeds: [seed] }, command, values.trial)
}
const megabytes = (bytes: number): number => bytes / 1e6
const { samples, efforts } = report
const courses = [
  ['memory held after a collection', 'MB', samples.map((one) => megabytes(one.heldBytes))],
  ['memory of the process', 'MB', samples.map((one) => megabytes(one.residentBytes))],
  ['lag of the event loop, p99 of each part', 'ms', efforts.map(({ lagMs }) => lagMs)],
  ['processors in use', 'processors', efforts.map(({ processors }) => processors)],
  ['timers', 'timers', samples.map(({ timers }) => timers)],
  ['sockets', 'sockets', samples.map(({ sockets }) => sockets)],
] as const
for (const [what, unit, of] of courses) say(what, unit, of)
for (const { what, before, after } of growth)
  say(`growth of ${what} from the first third to the last`, '%', [(after / before - 1) * 100])
say('peers at once', 'peers', [report.mostPeers])
say('seeks', 'seeks', [report.seeks])
say('torrents begun again', 'torrents', [report.churned])
say('read and compared', 'MB', [megabytes(report.readBytes)])
say('sent', 'MB', [megabytes(report.sentBytes)])
for (const problem of problems) console.log(`FAIL ${problem}`)
process.exitCode = problems.length > 0 ? 1 : 0
