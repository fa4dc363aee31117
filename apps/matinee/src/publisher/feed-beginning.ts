import { type Signer, utf8Bytes } from '@matinee/base'
import {
  type JsonObject,
  type RoleName,
  TrustError,
  draftRoot,
  parseFeedHead,
  signRoot,
  type Sha256Text,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { keyFileName } from './key-ring.ts'
import { makeKey } from './key-file.ts'
import { PublisherError } from './publisher-error.ts'
import { PublisherFolder } from './publisher-folder.ts'
import { type PublisherSettings, USUAL_DAYS, writeSettings } from './publisher-settings.ts'
import { RootChain } from './root-chain.ts'

/** The first key's name. */
const FIRST_KEY = 'main'
const DAY_MS = 86_400_000
const CRYPTO = systemFeedCrypto()

/** What a new feed is begun with. */
export interface BeginningOrder {
  readonly path: string
  /** The fields of feed.json that the publisher chooses. */
  readonly head: JsonObject
  readonly passphrase: string
  readonly nowMs: number
}

/** A feed that was begun. */
export interface BegunFeed {
  readonly folder: PublisherFolder
  readonly fingerprint: Sha256Text
  readonly publicKey: Uint8Array
}

/**
 * Begins a feed: a folder, one key for all roles, and the first root, which is what the feed is for ever. Throws
 * {@link PublisherError}, and then there is no folder that would stand in the way of another try.
 */
export async function beginFeed({
  path,
  head,
  passphrase,
  nowMs,
}: BeginningOrder): Promise<BegunFeed> {
  checkHead(head)
  const { bytes, signer } = await makeKey(FIRST_KEY, passphrase)
  const folder = await PublisherFolder.create(path, settingsBytes({ head }, signer, null))
  await folder.write(`keys/${keyFileName(FIRST_KEY)}`, bytes)
  const everybody = { keys: [signer.publicKey], threshold: 1 }
  const roles = { root: everybody, timestamp: everybody, snapshot: everybody, targets: everybody }
  const expiresMs = nowMs + USUAL_DAYS.root * DAY_MS
  const draft = draftRoot({ version: 1, roles, expiresMs }, CRYPTO)
  const chain = await RootChain.read(folder)
  await chain.keep(folder, signRoot(draft, signer, CRYPTO))
  const { fingerprint } = await RootChain.read(folder)
  if (fingerprint === null) throw new PublisherError('damaged', 'the first root was not kept')
  await folder.writeSettings(settingsBytes({ head }, signer, fingerprint))
  return { folder, fingerprint, publicKey: signer.publicKey }
}

/** Begins the folder of a curator, who signs works for a feed of somebody else. */
export async function beginCurator(
  path: string,
  role: RoleName,
  passphrase: string,
): Promise<Omit<BegunFeed, 'fingerprint'>> {
  const { bytes, signer } = await makeKey(FIRST_KEY, passphrase)
  const folder = await PublisherFolder.create(path, settingsBytes({ role }, signer, null))
  await folder.write(`keys/${keyFileName(FIRST_KEY)}`, bytes)
  return { folder, publicKey: signer.publicKey }
}

function settingsBytes(
  whose: { readonly head: JsonObject } | { readonly role: RoleName },
  { publicKey }: Signer,
  fingerprint: Sha256Text | null,
): Uint8Array {
  const settings: PublisherSettings = {
    kind: 'role' in whose ? { is: 'curator', role: whose.role } : { is: 'publisher' },
    fingerprint,
    head: 'head' in whose ? whose.head : {},
    keys: [{ name: FIRST_KEY, publicKey }],
    days: USUAL_DAYS,
    curators: [],
  }
  return writeSettings(settings)
}

/** Says what is wrong with a head before anything is made. Throws {@link PublisherError}. */
function checkHead(head: JsonObject): void {
  const whole = { ...head, type: 'matinee-feed', version: 1, trust: 'signed', issued: '2000-01-01' }
  try {
    parseFeedHead(utf8Bytes(JSON.stringify(whole)))
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    throw new PublisherError(
      'refused',
      `what the feed says of itself can't stand: ${error.refusal.why}`,
      {
        cause: error,
      },
    )
  }
}
