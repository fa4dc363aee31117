import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import assert from 'node:assert/strict'
import { type Disk, type Signer, concatBytes, fromHex, utf8Bytes } from '@matinee/base'
import {
  type Sha256Text,
  type WorkId,
  type WorkRecord,
  draftRoot,
  encodeHeadPack,
  parseReleaseId,
  picturePath,
  signRoot,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { MADE_BOOK, madeRecord } from '@matinee/testkit'
import { writeDurably } from '../../src/publisher/durable-file.ts'
import { folderSource } from '../../src/publisher/feed-source.ts'
import type { KeyFile } from '../../src/publisher/key-file.ts'
import { KeyRing } from '../../src/publisher/key-ring.ts'
import { PublisherFolder } from '../../src/publisher/publisher-folder.ts'
import { USUAL_DAYS, parseSettings, writeSettings } from '../../src/publisher/publisher-settings.ts'
import { RootChain } from '../../src/publisher/root-chain.ts'
import { type CheckedVersion, checkVersion } from '../../src/publisher/version-check.ts'
import { recordOf } from './publisher-stage.ts'

/** Where the publisher of these tests is on whatever disk. */
export const PLACE = '/publisher'

/** The moment at which the feed is begun: 1 January 2026. */
export const BEGUN_MS = Date.UTC(2026, 0, 1)
export const DAY_MS = 86_400_000

const CRYPTO = systemFeedCrypto()
const PREFIX = fromHex('302e020100300506032b657004220420') ?? new Uint8Array()

/** A key whose secret everybody can make again, and which needs no passphrase. */
export function openKey(name: string): KeyFile {
  const secret = createHash('sha256').update(`publisher key ${name}`).digest()
  const key = createPrivateKey({
    key: Buffer.concat([PREFIX, secret]),
    format: 'der',
    type: 'pkcs8',
  })
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  const signer: Signer = {
    publicKey: new Uint8Array(Buffer.from(x ?? '', 'base64url')),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  }
  return { name, publicKey: signer.publicKey, open: () => Promise.resolve(signer) }
}

/** The keys of those names. */
export function ringOf(...names: readonly string[]): KeyRing {
  const never = (): Promise<string> => Promise.resolve('')
  return new KeyRing(names.map(openKey), { ask: never, askNew: never })
}

/** Begins a feed whose every role the key `main` signs, and which knows some keys besides. */
export async function beginOn(disk: Disk, ...others: readonly string[]): Promise<PublisherFolder> {
  const main = openKey('main')
  const settings = {
    kind: { is: 'publisher' },
    fingerprint: null,
    head: {
      id: 'night-reels',
      translations: { en: { name: 'Night Reels' } },
      operator: { name: 'The Gasworks Cinema' },
      contact: null,
      mirrors: [],
    },
    keys: [main, ...others.map(openKey)].map(({ name, publicKey }) => ({ name, publicKey })),
    days: USUAL_DAYS,
    curators: [],
  } as const
  const folder = await PublisherFolder.create(PLACE, writeSettings(settings), disk)
  const everybody = { keys: [main.publicKey], threshold: 1 }
  const roles = { root: everybody, timestamp: everybody, snapshot: everybody, targets: everybody }
  const draft = draftRoot({ version: 1, roles, expiresMs: BEGUN_MS + 365 * DAY_MS }, CRYPTO)
  await (await RootChain.read(folder)).keep(folder, signRoot(draft, await main.open(''), CRYPTO))
  const { fingerprint } = await RootChain.read(folder)
  await folder.writeSettings(writeSettings({ ...settings, fingerprint }))
  return folder
}

/** Puts works of the made-up book into the folder, each with a picture and a head pack of its own. */
export async function putBook(
  folder: PublisherFolder,
  count: number,
  edition: number,
): Promise<readonly WorkRecord[]> {
  const works = MADE_BOOK.works.filter(
    ({ state, kind }) => state !== 'candidate' && kind !== 'series',
  )
  const records: WorkRecord[] = []
  for (const work of works.slice(0, count)) {
    const picture = png(8 + edition, 8)
    const head = encodeHeadPack({
      torrent: utf8Bytes(`${work.id} ${edition}`),
      leaves: [],
      points: [],
    })
    const json = madeRecord(work) as {
      readonly releases: readonly Readonly<Record<string, unknown>>[]
    }
    const record = recordOf({
      ...json,
      year: 2000 + edition,
      images: [
        {
          role: 'poster',
          sha256: sha256(picture),
          type: 'image/png',
          width: 8 + edition,
          height: 8,
          length: picture.length,
        },
      ],
      releases: json.releases.map((release) => ({
        ...release,
        headPack: { sha256: sha256(head), length: head.length },
      })),
    })
    const [release] = record.releases
    const name = parseReleaseId(release?.id ?? '')
    assert.ok(name !== null)
    await writeDurably(folder.disk, `${folder.releaseFolder(record.id, name)}/head-pack`, head)
    const [named] = record.images
    assert.ok(named !== undefined)
    const images = new Map([[picturePath(named).replace('images/', ''), picture]])
    await folder.putWork({ id: record.id, record, images })
    records.push(record)
  }
  return records
}

/** Takes a work out of the folder. */
export async function dropWork(folder: PublisherFolder, work: WorkId): Promise<void> {
  await folder.remove(`works/${work}/record.json`)
}

/** The fingerprint of the feed in a folder. */
export async function fingerprintIn(folder: PublisherFolder): Promise<Sha256Text> {
  const { fingerprint } = parseSettings(await folder.settings())
  assert.ok(fingerprint !== null)
  return fingerprint
}

/** What somebody finds who reads the published feed from its first root on. */
export async function readFeedOn(
  disk: Disk,
  fingerprint: Sha256Text,
  nowMs: number,
): Promise<CheckedVersion> {
  return await checkVersion(folderSource(disk, `${PLACE}/feed`), fingerprint, null, nowMs)
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A picture of one colour. */
function png(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0], 8)
  const rows = deflateSync(Buffer.alloc((width + 1) * height))
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  return concatBytes([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = concatBytes([utf8Bytes(name), data])
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return concatBytes([length, body, check])
}
