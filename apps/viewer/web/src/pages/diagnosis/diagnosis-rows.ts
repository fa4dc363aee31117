import type { Diagnosis, Update } from '#api'
import type { BrowserFacts } from './browser-facts.ts'
import type { DiagnosisRow } from './diagnosis-row.ts'
import { feedRow } from './feed-row.ts'
import { browserRow, clockRow, diskRow, programRow, updateRow } from './machine-rows.ts'
import { swarmRows } from './swarm-rows.ts'

/** What is known, as far as a page can know it. */
export interface DiagnosisFacts {
  readonly diagnosis: Diagnosis
  readonly update: Update
  readonly browser: BrowserFacts
}

/** Everything that was looked at, in the order of the page. */
export function diagnosisRows(
  { diagnosis, update, browser }: DiagnosisFacts,
  now: Date,
  language: string,
): readonly DiagnosisRow[] {
  return [
    ...swarmRows(diagnosis.swarm),
    ...diagnosis.feeds.map((feed) => feedRow(feed, now, language)),
    diskRow(diagnosis, language),
    clockRow(diagnosis, language),
    updateRow(diagnosis, update),
    browserRow(browser),
    programRow(diagnosis),
  ]
}
