import type { AuthorRole } from './term/term-facts.ts'

/** Something that isn't there and that a person could supply; named by kind. */
export type PlainMissing =
  /** The viewer's country: only works free worldwide can be offered without it. */
  | 'country'
  /** Any rights entry that reaches the territory. */
  | 'rights-entry'
  /** A person's decision that the entry holds. */
  | 'verification'
  /** The entry holds only from a later day or held only until an earlier one. */
  | 'validity'
  /** Any evidence. */
  | 'evidence'
  /** Who checked the evidence and when. */
  | 'check'
  /** A second person's check: public domain and permissions ask for two. */
  | 'second-check'
  /** A stored copy of a piece of evidence, by its hash. */
  | 'snapshot'
  /** Evidence from the maker, a registry or an archive instead of somebody else's word. */
  | 'first-hand-evidence'
  /** A licence whose terms we know. */
  | 'licence-terms'
  /** The text of a permission of its own, by its hash. */
  | 'permission-text'
  /** Leave for everybody to pass copies on, which watching over BitTorrent does. */
  | 'permission-to-share'
  /** A finding that there is no copyright; a mark or an archive's statement was all. */
  | 'determination'
  /** The facts of a term calculation. */
  | 'term-facts'
  /** A rule for the country: only the United States' and the European Union's are known. */
  | 'term-rule'
  /** The year (for 1989 also the month) of first publication. */
  | 'publication'
  /** The country of first publication. */
  | 'origin'
  /** Whether the published copies carried a copyright notice. */
  | 'notice'
  /** Whether the copyright was renewed in its 28th year. */
  | 'renewal'
  /** Whether it was registered within five years of publication. */
  | 'registration'
  /** Whether it was made for hire. */
  | 'authorship'
  /** Whether the shorter term of the country of origin applies (Directive 2006/116/EC art. 7). */
  | 'shorter-term'

/**
 * What keeps a work from being offered, or from being offered with more confidence. `of` is the title
 * of the part that it's about (a play, a song), or `null` for the film itself.
 */
export type Missing = (
  | { readonly kind: PlainMissing }
  /** Who wrote, directed or composed: known people, or that there is nobody. */
  | { readonly kind: 'author'; readonly role: AuthorRole }
  /** The year in which somebody died. */
  | { readonly kind: 'death'; readonly name: string }
) & { readonly of: string | null }

/** Something missing about the film itself. */
export function missing(kind: PlainMissing, of: string | null = null): Missing {
  return { kind, of }
}

/** The same list without repetitions, in the order of first mention. */
export function distinctMissing(list: readonly Missing[]): readonly Missing[] {
  const seen = new Map<string, Missing>()
  for (const each of list) {
    const detail = each.kind === 'author' ? each.role : each.kind === 'death' ? each.name : ''
    const key = JSON.stringify([each.kind, detail, each.of])
    if (!seen.has(key)) seen.set(key, each)
  }
  return [...seen.values()]
}
