/** A process of its own that updates a feed to and fro until it's killed; says a line for each version. */
import { madeRecords } from './made-records.ts'
import { chosen, openedReader, updateFeed } from './updated-feed.ts'

const [, , folder = '', seeds = ''] = process.argv
const versions = seeds.split(',').map((seed) => madeRecords(Number(seed), 200))
const reader = openedReader(folder)
let at = Number(reader.feeds()[0]?.version ?? 0)
process.stdout.write('ready\n')
for (;;) {
  const next = 1 - at
  const works = versions[next] ?? []
  updateFeed(reader, { works, removed: [], lists: [chosen([])] }, String(at), String(next))
  at = next
  process.stdout.write(`${at}\n`)
}
