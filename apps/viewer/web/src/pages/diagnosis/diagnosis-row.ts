import type { Sentence } from '../../i18n/text-key.ts'

/** `unknown`: nothing has happened yet that would tell. */
export type RowState = 'fine' | 'better' | 'broken' | 'unknown'

/** What the one button of a row does. */
export type RowAct =
  | { readonly kind: 'try-dht' }
  | { readonly kind: 'refresh'; readonly feedId: string; readonly isBusy: boolean }
  | { readonly kind: 'settings' }
  | { readonly kind: 'update' }

/** One thing that was looked at. */
export interface DiagnosisRow {
  readonly id: string
  readonly state: RowState
  readonly name: Sentence
  /** How it stands, then what to do. */
  readonly says: readonly Sentence[]
  /** What is named one by one, as text: a server, and how it stands there. */
  readonly named: readonly { readonly what: string; readonly says: Sentence | null }[]
  readonly act: RowAct | null
}

/** The page's headline: what is worst, and how often. */
export function headline(rows: readonly DiagnosisRow[]): {
  readonly state: Exclude<RowState, 'unknown'>
  readonly sentence: Sentence
} {
  const count = (state: RowState): number => rows.filter((row) => row.state === state).length
  const broken = count('broken')
  if (broken > 0)
    return {
      state: 'broken',
      sentence: { key: 'diagnosis.some-broken', values: { count: broken } },
    }
  const better = count('better')
  if (better > 0)
    return {
      state: 'better',
      sentence: { key: 'diagnosis.some-better', values: { count: better } },
    }
  return { state: 'fine', sentence: { key: 'diagnosis.all-fine' } }
}

/** Makes a row of what is said most often: one name, a state, sentences. */
export function rowOf(
  id: string,
  name: Sentence,
  state: RowState,
  says: readonly Sentence[],
  more: Partial<Pick<DiagnosisRow, 'named' | 'act'>> = {},
): DiagnosisRow {
  return { id, name, state, says, named: [], act: null, ...more }
}
