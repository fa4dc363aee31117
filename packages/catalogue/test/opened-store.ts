import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Log, LogFields } from '@matinee/base'
import type { FeedWork, WorkList } from '@matinee/catalogue'
import {
  type CatalogueStore,
  type CatalogueStoreOptions,
  type FeedInput,
  openCatalogueStore,
} from '@matinee/catalogue/node'
import { FakeClock } from '@matinee/testkit'
import { feedId } from './made-records.ts'

/** A folder that is gone after the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-catalogue-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A store that is closed after the test. The day is 21 November 2026 unless a clock says otherwise. */
export async function openedStore(
  t: TestContext,
  options: Partial<CatalogueStoreOptions> = {},
): Promise<CatalogueStore> {
  const folder = options.folder ?? temporaryFolder(t)
  const store = await openCatalogueStore({ clock: clockAt('2026-11-21'), ...options, folder })
  t.after(() => store[Symbol.asyncDispose]())
  return store
}

/** A clock that stands at noon of a day. */
export function clockAt(day: string): FakeClock {
  return new FakeClock({ startWallMs: Date.parse(`${day}T12:00:00Z`) })
}

/** A feed of these works. */
export function feedOf(
  works: FeedInput['works'] | readonly FeedWork[],
  fields: Partial<FeedInput> & { readonly lists?: readonly WorkList[] } = {},
): FeedInput {
  const id = feedId('test')
  return { id, version: '1', trust: 'bundled', names: { en: 'Test' }, works, lists: [], ...fields }
}

/** What a log was told, by event. */
export interface KeptLog extends Log {
  readonly events: { readonly event: string; readonly fields: LogFields | undefined }[]
}

/** A log to look into. */
export function keptLog(): KeptLog {
  const events: KeptLog['events'] = []
  const keep = (event: string, fields?: LogFields): void => void events.push({ event, fields })
  return { events, debug: keep, info: keep, warn: keep, error: keep }
}
