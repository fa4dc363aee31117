/**
 * Row A25 of the table of promises: the power goes at every call that signing and publishing make of the disk. What readers find
 * afterwards is the old version whole or the new one whole.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Sha256Text, workPaths } from '@matinee/catalogue'
import { FakeDisk, SeededRandom } from '@matinee/testkit'
import { decide } from '../../src/publisher/decisions.ts'
import { publishNext, settle } from '../../src/publisher/publication.ts'
import { PublisherError } from '../../src/publisher/publisher-error.ts'
import { PublisherFolder } from '../../src/publisher/publisher-folder.ts'
import { parseSettings } from '../../src/publisher/publisher-settings.ts'
import { RootChain } from '../../src/publisher/root-chain.ts'
import { type RootRoleName, nextRoot, signWith } from '../../src/publisher/root-change.ts'
import { signNext } from '../../src/publisher/signing.ts'
import { dayOf } from '../../src/publisher/calendar.ts'
import {
  BEGUN_MS,
  DAY_MS,
  PLACE,
  beginOn,
  dropWork,
  fingerprintIn,
  putBook,
  readFeedOn,
  ringOf,
} from './disk-stage.ts'

type Files = ReadonlyMap<string, Uint8Array>

interface Stage {
  readonly files: Files
  readonly fingerprint: Sha256Text
  /** Names of the keys that are at hand. */
  readonly keys: readonly string[]
}

const NOW_MS = BEGUN_MS + 10 * DAY_MS

/** A feed of which version 1 is published, and whose folder has changed since. */
async function makeStage(): Promise<Stage> {
  const disk = new FakeDisk()
  const folder = await beginOn(disk, 'clock')
  const records = await putBook(folder, 3, 0)
  await signNext({ folder, ring: ringOf('main'), nowMs: BEGUN_MS })
  await publishNext(folder)
  await putBook(folder, 2, 1)
  const [, , last] = records
  assert.ok(last !== undefined)
  await dropWork(folder, last.id)
  const [first] = records
  assert.ok(first !== undefined)
  await decide(folder, {
    work: first.id,
    state: 'revoked',
    effect: 'unshared',
    reason: 'licence',
    on: dayOf(NOW_MS),
    note: {},
    covers: [],
  })
  return { files: contentOf(disk), fingerprint: await fingerprintIn(folder), keys: ['main'] }
}

/** The same, with another key for some roles from the next version on. */
async function makeRotatedStage(
  roles: readonly RootRoleName[],
  keys: readonly string[],
): Promise<Stage> {
  const { files, fingerprint } = await makeStage()
  const disk = diskOf(files)
  const folder = await PublisherFolder.openOn(disk, PLACE)
  const chain = await RootChain.read(folder)
  const change = { keys: new Map(roles.map((role) => [role, ['clock']])), thresholds: new Map() }
  const draft = nextRoot(chain, parseSettings(await folder.settings()), change, NOW_MS)
  const signed = await signWith(draft, ringOf('main'), (bytes) => chain.stateOf(bytes))
  assert.equal((await chain.keep(folder, signed.draft)).kind, 'complete')
  return { files: contentOf(disk), fingerprint, keys }
}

function contentOf(disk: FakeDisk): Files {
  return new Map(disk.paths.map((path) => [path, disk.peek(path) ?? new Uint8Array()]))
}

function diskOf(files: Files): FakeDisk {
  const disk = new FakeDisk()
  for (const [path, bytes] of files) disk.poke(path, 0, bytes)
  return disk
}

async function signAndPublish(disk: FakeDisk, keys: readonly string[]): Promise<void> {
  const folder = await PublisherFolder.openOn(disk, PLACE)
  await signNext({ folder, ring: ringOf(...keys), nowMs: NOW_MS })
  await publishNext(folder)
}

/** The version that a reader finds, whole with all its pictures and head packs; `null` = a reader is refused. */
async function foundVersion(disk: FakeDisk, fingerprint: Sha256Text): Promise<number | null> {
  const checked = await readFeedOn(disk, fingerprint, NOW_MS)
  if (checked.kind === 'refused') return null
  const years = new Set(checked.records.map(({ year }) => year))
  assert.deepEqual([...years], [checked.feed.timestamp.version === 1 ? 2000 : 2001])
  assert.equal(checked.works, checked.feed.timestamp.version === 1 ? 3 : 2)
  for (const path of checked.records.flatMap(workPaths))
    assert.ok(disk.peek(`${PLACE}/feed/${path}`) !== null, `${path} is there`)
  return checked.feed.timestamp.version
}

async function publishAgain(folder: PublisherFolder): Promise<void> {
  try {
    await publishNext(folder)
  } catch (error) {
    assert.ok(error instanceof PublisherError && error.code === 'nothing-signed', String(error))
  }
}

/** Lets the power go at one call after another, and says what readers found before and after the next start. */
async function cutEverywhere(
  { files, fingerprint, keys }: Stage,
  mayRefuse: 'never' | 'between two renamings' = 'never',
): Promise<{
  readonly found: ReadonlyMap<number | null, number>
  readonly cuts: number
}> {
  const whole = diskOf(files)
  await signAndPublish(whole, keys)
  const calls = whole.calls.length
  const firstMove = whole.calls.findIndex(
    ({ kind, path }) => kind === 'rename' && path.includes('/feed.next/') && !path.endsWith('.new'),
  )
  const found = new Map<number | null, number>()
  let cuts = 0
  for (let at = 1; at <= calls; at++) {
    // Before publishing begins nothing in the feed's folder is touched: some cuts there do.
    if (at < firstMove && at % 23 !== 0) continue
    const random = new SeededRandom(at)
    const disk = diskOf(files)
    const halted = disk.haltAt(at)
    await Promise.race([signAndPublish(disk, keys), halted])
    const left = disk.crash(random)
    const version = await foundVersion(left, fingerprint)
    assert.ok(
      version !== null || mayRefuse !== 'never',
      `cut ${at} of ${calls}: readers are refused`,
    )
    found.set(version, (found.get(version) ?? 0) + 1)
    cuts++
    if (version === 2) continue
    const folder = await PublisherFolder.openOn(left, PLACE)
    await settle(folder)
    if (version === null)
      assert.equal(await foundVersion(left, fingerprint), 2, `cut ${at}: whole once settled`)
    // Whoever published may try that again; whoever was still signing signs again.
    if (cuts % 2 === 0) await publishAgain(folder)
    else await signAndPublish(left, keys)
    const after = await foundVersion(left, fingerprint)
    // A half published version that settling ended is followed by the next one.
    const isThere = after !== null && after >= (cuts % 2 === 0 ? 1 : 2)
    assert.ok(isThere, `cut ${at}: version ${after} after another try`)
  }
  return { found, cuts }
}

test('A25: after a power cut at any call of sign and publish readers find the old version or the new one, whole', async () => {
  const { found, cuts } = await cutEverywhere(await makeStage())
  assert.ok(cuts > 40, `${cuts} cuts`)
  assert.ok(
    (found.get(1) ?? 0) > 0 && (found.get(2) ?? 0) > 0,
    'cuts fall before and after the switch',
  )
})

test('A25: a change of keys is no exception, as long as the old key is there to sign once more', async () => {
  const { found } = await cutEverywhere(await makeRotatedStage(['timestamp'], ['main', 'clock']))
  assert.ok((found.get(1) ?? 0) > 0 && (found.get(2) ?? 0) > 0)
})

test('A25: where the old key is lost, the next command ends a change of keys that a power cut interrupted', async () => {
  const roles = ['timestamp', 'snapshot', 'targets'] as const
  const { found } = await cutEverywhere(
    await makeRotatedStage(roles, ['clock']),
    'between two renamings',
  )
  assert.ok((found.get(1) ?? 0) > 0 && (found.get(2) ?? 0) > 0)
  assert.ok((found.get(null) ?? 0) < 6, 'readers are refused between two renamings only')
})
