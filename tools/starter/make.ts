/**
 * Makes the starter feed in feeds/starter/ of facts.json, by hand: `node tools/starter/make.ts`.
 * `--check` writes nothing, and fails when a file there is not what the facts give.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { readBundledFeed } from '@matinee/catalogue'
import { nodeHash } from '@matinee/testkit'
import { readStarterFacts } from './starter-facts.ts'
import { starterFeed } from './starter-feed.ts'

const FOLDER = new URL('../../feeds/starter/', import.meta.url)
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })

const { facts, pictures } = await readStarterFacts()
const files = starterFeed(facts, pictures)
const read = readBundledFeed(files, nodeHash)
if (read.kind === 'feed') {
  if (values.check) await compare()
  else await write()
  const { manifest, offered, candidates } = read.feed
  const sum = nodeHash.sha256(files.get('feed.json') ?? new Uint8Array()).toHex()
  console.log(`${manifest.id}: ${offered.length} offered, ${candidates.length} candidates`)
  console.log(`sha256 of feed.json: ${sum}`)
} else {
  for (const problem of read.kind === 'refused' ? read.problems : [])
    console.log(`${problem.file}${problem.at}: ${problem.code}: ${problem.why}`)
  process.exitCode = 1
}

async function write(): Promise<void> {
  for (const folder of ['records/', 'sources/', 'images/'])
    await rm(new URL(folder, FOLDER), { recursive: true, force: true })
  for (const [name, bytes] of files) {
    const file = new URL(name, FOLDER)
    await mkdir(dirname(file.pathname), { recursive: true })
    await writeFile(file, bytes)
  }
}

async function compare(): Promise<void> {
  for (const [name, bytes] of files) {
    const there = await readFile(new URL(name, FOLDER)).catch(() => null)
    if (there !== null && Buffer.compare(there, bytes) === 0) continue
    console.log(`feeds/starter/${name} is not what tools/starter/facts.json gives`)
    process.exitCode = 1
  }
}
