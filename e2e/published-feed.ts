import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { utf8Bytes } from '@matinee/base'
import { parseRecord, type Sha256Text, type WorkRecord } from '@matinee/catalogue'
import { madeWorks } from '@matinee/testkit'
import { beginFeed } from '../apps/matinee/src/publisher/feed-beginning.ts'
import { readDecision } from '../apps/matinee/src/publisher/decision-options.ts'
import { decide, type Decision } from '../apps/matinee/src/publisher/decisions.ts'
import { KeyRing } from '../apps/matinee/src/publisher/key-ring.ts'
import { publishNext } from '../apps/matinee/src/publisher/publication.ts'
import { nameSource } from '../apps/matinee/src/source/named-source.ts'
import type { SourceRelease } from '../apps/matinee/src/source/source-release.ts'
import { signNext } from '../apps/matinee/src/publisher/signing.ts'

const DAY_MS = 86_400_000
const PASSPHRASE = 'the ferry leaves at dusk'

/** How {@link openPublishedFeed} begins. */
export interface PublishedFeedOptions {
  /** Of the publisher, which doesn't exist yet. */
  readonly folder: string
  /** When the first version is signed. Default: 0, now. */
  readonly signedDaysAgo?: number
  /** Default: The Ferry Press. Feeds of other names have the same works. */
  readonly name?: string
  /** A source of the program that it names. Default: none. */
  readonly source?: SourceRelease
}

/** A signed feed of works that nobody made, as the publisher's commands make it, on a static server of this computer. */
export interface PublishedFeed extends AsyncDisposable {
  readonly name: string
  readonly operator: string
  readonly fingerprint: Sha256Text
  /** What mirrors carry. */
  readonly folder: string
  /** Where the static server has it, with `/` at its end. */
  readonly url: string
  readonly works: readonly WorkRecord[]
  /** Decides about a work, signs that and publishes it. */
  decide(
    work: WorkRecord,
    decision: Pick<Decision, 'state' | 'effect'> & { readonly reason: string },
  ): Promise<void>
  /** The server goes; the folder stays. */
  stopServer(): Promise<void>
}

export async function openPublishedFeed(options: PublishedFeedOptions): Promise<PublishedFeed> {
  const { signedDaysAgo = 0, name = 'The Ferry Press' } = options
  const operator = 'Ilse Brandtvogel'
  const head = {
    id: 'ferry-press',
    translations: {
      en: { name, description: 'Harbours, canals and the people on them.' },
      fr: { name, description: 'Des ports, des canaux et leurs gens.' },
    },
    operator: { name: operator },
    contact: null,
  }
  const firstMs = Date.now() - signedDaysAgo * DAY_MS
  const begun = await beginFeed({
    path: options.folder,
    head,
    passphrase: PASSPHRASE,
    nowMs: firstMs,
  })
  const { folder, fingerprint } = begun
  const works = freeRecords()
  for (const record of works) await folder.putWork({ id: record.id, record, images: new Map() })
  const ask = async (): Promise<string> => PASSPHRASE
  const ring = await KeyRing.open(folder, [], { ask, askNew: ask })
  if (options.source !== undefined) await nameSource(folder, options.source, { en: NEWS })
  const publish = async (nowMs: number): Promise<void> => {
    await signNext({ folder, ring, nowMs })
    await publishNext(folder)
  }
  await publish(firstMs)
  const server = await serveFolder(folder.feedFolder)
  return {
    name,
    operator,
    fingerprint,
    folder: folder.feedFolder,
    url: server.url,
    works,
    async decide(record, { state, effect, reason }) {
      const values = { reason, note: NOTE, language: 'en' }
      const decision = await readDecision(folder, record.id, values, [])
      await decide(folder, { ...decision, state, effect })
      await publish(Date.now())
    },
    stopServer: async () => server[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** What a publisher says of the source that it names. */
export const NEWS = 'The ferry leaves on time.'
/** What a publisher says of every decision. */
export const NOTE = 'The composer never agreed.'
const TITLES = ['The Slow Ferry', 'Nine Bollards', 'Low Water', 'The Lamp at Pier Four'] as const

/** Works that are all as free as the first, with titles that are the same in every language. */
function freeRecords(): readonly WorkRecord[] {
  const works = [...madeWorks({ seed: 6, count: TITLES.length })]
  return works.map((made, at) => {
    const record = {
      ...made,
      title: { text: TITLES[at], language: 'en' },
      translations: {},
      rights: works[0]?.['rights'],
    }
    const parsed = parseRecord(utf8Bytes(JSON.stringify(record)))
    assert.ok(parsed.kind === 'record')
    return parsed.record
  })
}

/** Any static server would do: it knows paths and files. */
async function serveFolder(folder: string): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    readFile(join(folder, normalize(decodeURIComponent(pathname)))).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
