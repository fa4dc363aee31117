import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { SILENT_LOG } from '@matinee/base'
import { parseLanguage, parseSha256, type FeedHead, type Sha256Text } from '@matinee/catalogue'
import { systemClock } from '@matinee/engine/system'
import type { HeardFeed } from './announced-source.ts'
import { UpdateDesk, type UpdateParts } from './update-desk.ts'
import { isNewer } from './version-order.ts'

const hashOf = (digit: string): Sha256Text =>
  parseSha256(digit.repeat(64)) ?? assert.fail('64 digits')
const OWN_FEED = hashOf('a')
const OTHER_FEED = hashOf('b')

function heardOf(
  fingerprint: Sha256Text,
  version: string,
  more: Partial<HeardFeed> = {},
): HeardFeed {
  return { fingerprint, head: headWith(version), isConfirmed: true, ...more }
}

function headWith(version: string): Pick<FeedHead, 'source' | 'operator'> {
  const [en, fr] = [parseLanguage('en'), parseLanguage('fr')]
  assert.ok(en !== null && fr !== null)
  return {
    operator: { name: 'Kino e. V.' },
    source: {
      version,
      infoHash: hashOf('c'),
      length: 20_000_000,
      sha256: hashOf('d'),
      notes: { [en]: 'It starts faster', [fr]: 'Il démarre plus vite' },
    },
  }
}

async function deskOf(t: TestContext, more: Partial<UpdateParts> = {}): Promise<UpdateDesk> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'matinee-update-'))
  t.after(() => rm(dataFolder, { recursive: true, force: true }))
  return new UpdateDesk({
    dataFolder,
    version: '0.1.0',
    publishedIn: OWN_FEED,
    heads: () => [heardOf(OWN_FEED, '0.2.0')],
    engine: () => assert.fail('nobody asked for it'),
    refusal: () => null,
    freeBytes: () => Promise.resolve(null),
    mediaFolder: join(dataFolder, 'media'),
    clock: systemClock(),
    log: SILENT_LOG,
    ...more,
  })
}

test('a newer version is told in the viewer’s language, with a magnet link and what its bytes have to be', async (t) => {
  const desk = await deskOf(t)
  const update = await desk.look(['fr', 'en'])
  assert.ok(update.kind === 'newer')
  const { magnet, ...rest } = update.announced
  assert.deepEqual(rest, {
    version: '0.2.0',
    from: 'Kino e. V.',
    notes: 'Il démarre plus vite',
    lengthBytes: 20_000_000,
    sha256: OTHER_FEED.replaceAll('b', 'd'),
    isPutOff: false,
    fetch: { kind: 'absent', hinders: null },
  })
  assert.match(magnet, /^magnet:\?xt=urn:btmh:1220c{64}&dn=matinee-0\.2\.0\.tar$/u)
})

test('A22: only the feed that this copy was published in announces a newer version', async (t) => {
  const other = heardOf(OTHER_FEED, '9.0.0')
  const elsewhere = await deskOf(t, { heads: () => [other] })
  assert.deepEqual(await elsewhere.look(['en']), { kind: 'not-followed' })
  const nowhere = await deskOf(t, { heads: () => [other], publishedIn: null })
  assert.deepEqual(await nowhere.look(['en']), { kind: 'nowhere' })
})

test('A22: an older version, the same, one that is tried out and what is no version are never announced', async (t) => {
  for (const version of ['0.1.0', '0.0.9', '0.2.0-rc.1', 'newest', '0.2', '1e9.0.0']) {
    const heads: UpdateParts['heads'] = () => [heardOf(OWN_FEED, version)]
    assert.deepEqual(await (await deskOf(t, { heads })).look(['en']), { kind: 'newest' }, version)
  }
  assert.ok(isNewer('0.10.0', '0.9.9'))
  assert.ok(isNewer('1.0.0', '1.0.0-rc.2'))
})

test('“not now” is remembered for that version alone, and what cannot be read is as if nothing was said', async (t) => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'matinee-update-'))
  t.after(() => rm(dataFolder, { recursive: true, force: true }))
  let version = '0.2.0'
  const desk = await deskOf(t, {
    dataFolder,
    heads: () => [heardOf(OWN_FEED, version)],
  })
  const isPutOff = async (): Promise<boolean | null> => {
    const update = await desk.look(['en'])
    return update.kind === 'newer' ? update.announced.isPutOff : null
  }
  assert.equal(await isPutOff(), false)
  await desk.putOff('0.2.0')
  assert.equal(await isPutOff(), true)
  version = '0.3.0'
  assert.equal(await isPutOff(), false)
  await writeFile(join(dataFolder, 'update.json'), '{"version": 2, "other": 1}')
  assert.equal(await isPutOff(), false)
})

test('A22: nothing is fetched of a version that cannot be confirmed, is too large, has no room, or whose torrent’s folder is somebody else’s', async (t) => {
  const fetchOf = async (more: Partial<UpdateParts>): Promise<unknown> => {
    const desk = await deskOf(t, more)
    assert.equal(await desk.fetch('0.2.0'), true)
    const update = await desk.look(['en'])
    return update.kind === 'newer' ? update.announced.fetch : null
  }
  const heads = (heard: HeardFeed) => () => [heard]
  const hindered = (hinders: string) => ({ kind: 'absent', hinders })
  const stale = heardOf(OWN_FEED, '0.2.0', { isConfirmed: false })
  assert.deepEqual(await fetchOf({ heads: heads(stale) }), hindered('unconfirmed'))
  const head = headWith('0.2.0')
  assert.ok(head.source !== undefined)
  const huge = heardOf(OWN_FEED, '0.2.0', {
    head: { ...head, source: { ...head.source, length: 1e15 } },
  })
  assert.deepEqual(await fetchOf({ heads: heads(huge) }), hindered('too-large'))
  const freeBytes = () => Promise.resolve(100_000_000)
  assert.deepEqual(await fetchOf({ freeBytes }), hindered('no-room'))
  const mediaFolder = await mkdtemp(join(tmpdir(), 'matinee-update-media-'))
  t.after(() => rm(mediaFolder, { recursive: true, force: true }))
  await mkdir(join(mediaFolder, 'c'.repeat(64)))
  assert.deepEqual(await fetchOf({ mediaFolder }), { kind: 'failed', why: 'in-use' })
})
