import type { Scope } from '../territory.ts'

/** A fact and whether a person checked it against a source. */
export interface Fact<T> {
  readonly value: T
  readonly verified: boolean
}

/** Who makes a film in the eyes of Directive 2006/116/EC art. 2(2). */
export const FILM_ROLES = ['director', 'screenplay', 'dialogue', 'composer'] as const

/** One of {@link FILM_ROLES}, or the author of something that isn't a film. */
export type AuthorRole = (typeof FILM_ROLES)[number] | 'author'

/** A person whose life a term is counted from. */
export interface Author {
  readonly name: string
  /** The year of death; the value `null` = alive when it was checked; left out = not known. */
  readonly died?: Fact<number | null>
}

/**
 * Who had a role: people, or verifiably nobody (a silent film has no dialogue, a film may have no music
 * written for it). A role that the facts leave out is not known.
 */
export type RoleFacts =
  | { readonly role: AuthorRole; readonly kind: 'people'; readonly people: readonly Author[] }
  | { readonly role: AuthorRole; readonly kind: 'nobody'; readonly verified: boolean }

/** When something was first published. */
export interface Publication {
  readonly year: number
  /** 1–12; it matters in 1989 only. */
  readonly month?: number
}

/** What terms are computed from. Everything left out is not known. */
export interface WorkFacts {
  readonly published?: Fact<Publication>
  /** The year in which it was made, for works published since 1978. */
  readonly createdYear?: Fact<number>
  /**
   * The country of first publication as a code; also of a state that is no more (`SU`). Only `US` and
   * the member states of the Union are told apart from all others.
   */
  readonly origin?: Fact<string>
  /** US: the published copies carried a valid copyright notice. */
  readonly notice?: Fact<boolean>
  /** US: the copyright was renewed in its 28th year. */
  readonly renewed?: Fact<boolean>
  /** US: it was registered within five years of publication. */
  readonly registered?: Fact<boolean>
  /** US: made by the federal government. Left out = it wasn't. */
  readonly government?: Fact<boolean>
  /** US: made for hire, as films of companies are. */
  readonly forHire?: Fact<boolean>
  readonly authors: readonly RoleFacts[]
}

/** Something older inside a film that has a protection of its own. */
export interface PartFacts {
  /** A play, novel or story; or music that wasn't written for the film. */
  readonly component: 'underlying' | 'music'
  readonly title: string
  readonly facts: WorkFacts
}

/** A reason to be less sure of a calculation in a place: somebody argues otherwise. */
export interface Doubt {
  readonly territory: Scope
  /** One sentence. */
  readonly text: string
}

/** Everything that the term of a film's protection is computed from. */
export interface TermFacts {
  readonly film: WorkFacts
  readonly parts: readonly PartFacts[]
  readonly doubts: readonly Doubt[]
}

/** The first film that is still there is of this year. */
export const FIRST_FILM_YEAR = 1888

/**
 * Facts without years that can't be: not whole, behind year 9999, or before `firstYear`. A record that
 * says 0 or 193 would otherwise be older than every protection.
 */
export function plausibleFacts(facts: WorkFacts, firstYear: number): WorkFacts {
  const { published, createdYear, authors, ...rest } = facts
  const isYear = (year: number | undefined): boolean =>
    Number.isInteger(year) && Number(year) >= firstYear && Number(year) <= 9999
  return {
    ...rest,
    ...(published !== undefined && isYear(published.value.year) ? { published } : {}),
    ...(createdYear !== undefined && isYear(createdYear.value) ? { createdYear } : {}),
    authors: authors.map((role) =>
      role.kind === 'nobody' ? role : { ...role, people: role.people.map(plausible) },
    ),
  }

  function plausible({ name, died }: Author): Author {
    return died !== undefined && (died.value === null || isYear(died.value))
      ? { name, died }
      : { name }
  }
}

/** Facts as they stand when unchecked ones count as unknown. */
export function verifiedFacts(facts: WorkFacts): WorkFacts {
  const kept: Record<string, Fact<unknown>> = {}
  const { authors, ...single } = facts
  for (const [name, fact] of Object.entries(single)) if (fact.verified) kept[name] = fact
  return { ...kept, authors: authors.flatMap(verifiedRole) }
}

function verifiedRole(role: RoleFacts): RoleFacts[] {
  if (role.kind === 'nobody') return role.verified ? [role] : []
  const people = role.people.map(({ name, died }) => (died?.verified ? { name, died } : { name }))
  return [{ ...role, people }]
}
