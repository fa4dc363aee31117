import type { WorkRecord } from '../record/work-record.ts'
import { type PersonKey, personKeyOf } from './person-key.ts'

/** Somebody in one record, with every way it writes them, each once. */
export interface Credit {
  readonly key: PersonKey
  readonly names: readonly string[]
  readonly otherNames: readonly string[]
}

/** Everybody whom a record names, also in episodes, each once. */
export function creditsOf({ people, seasons }: WorkRecord): Credit[] {
  const credits = new Map<PersonKey, { key: PersonKey; names: string[]; otherNames: string[] }>()
  const inEpisodes = seasons.flatMap(({ episodes }) => episodes.flatMap((each) => each.people))
  for (const person of [...people, ...inEpisodes]) {
    const key = personKeyOf(person)
    const { name, otherNames } = person
    const known = credits.get(key)
    if (known === undefined) {
      credits.set(key, { key, names: [name], otherNames: [...new Set(otherNames)] })
      continue
    }
    if (!known.names.includes(name)) known.names.push(name)
    for (const other of otherNames)
      if (!known.otherNames.includes(other)) known.otherNames.push(other)
  }
  return [...credits.values()]
}

/** A way in which somebody is written: how many works have it as a name, and how many as another name. */
export interface Spelling {
  readonly text: string
  readonly asName: number
  readonly asOther: number
}

/** What somebody is called: as most works write them; of several, what sorts first. */
export function nameOf(spellings: readonly Spelling[]): string {
  let best: Spelling | undefined
  for (const spelling of spellings) {
    const more = spelling.asName - (best?.asName ?? 0)
    if (best === undefined || more > 0 || (more === 0 && spelling.text < best.text)) best = spelling
  }
  return best?.text ?? ''
}

/** The spellings of somebody when one more work has a credit, or with `by` -1 one less. */
export function respelt(
  spellings: readonly Spelling[],
  { names, otherNames }: Credit,
  by: 1 | -1,
): Spelling[] {
  const counts = new Map(spellings.map((spelling) => [spelling.text, { ...spelling }]))
  const of = (text: string): { text: string; asName: number; asOther: number } => {
    const known = counts.get(text) ?? { text, asName: 0, asOther: 0 }
    counts.set(text, known)
    return known
  }
  for (const text of names) of(text).asName += by
  for (const text of otherNames) of(text).asOther += by
  return [...counts.values()].filter(({ asName, asOther }) => asName > 0 || asOther > 0)
}
