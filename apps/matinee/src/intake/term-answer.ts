/** What somebody says of who made a work, when and where: read, and not yet checked. Pure. */
import { FILM_ROLES } from '@matinee/rights'
import { UsageError } from '../command.ts'
import { readPair, readWord } from './intake-options.ts'

const US_FACTS = ['notice', 'renewed', 'registered', 'government', 'for-hire'] as const
const PARTS = ['underlying', 'music'] as const

/** Facts without whether somebody checked them. */
export interface TermAnswers {
  readonly facts: Readonly<Record<string, unknown>>
  readonly authors: readonly RoleAnswer[]
  readonly parts: readonly PartAnswer[]
}

/** A person whose life counts. */
export interface AuthorAnswer {
  readonly name: string
  /** `null` = living; `undefined` = not known. */
  readonly died: number | null | undefined
}

/** Who had a role. */
export interface RoleAnswer {
  readonly role: string
  /** `null` = verifiably nobody. */
  readonly people: readonly AuthorAnswer[] | null
}

/** An older work inside. */
export interface PartAnswer {
  readonly component: string
  readonly title: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly authors: readonly RoleAnswer[]
}

/** `1926` or `1926-03`. Throws {@link UsageError}. */
export function publication(text: string): { readonly year: number; readonly month?: number } {
  const [, year, month] = /^(\d{4})(?:-(\d{2}))?$/u.exec(text) ?? []
  if (year === undefined) throw new UsageError(`--published ${text} is no year, as 1926`)
  return { year: Number(year), ...(month === undefined ? {} : { month: Number(month) }) }
}

/** `renewed=no`. Throws {@link UsageError}. */
export function usFact(text: string): Record<string, boolean> {
  const [name, value] = readPair('--us-fact', text)
  const known = readWord('--us-fact', name, US_FACTS)
  const isSo = readWord('--us-fact', value, ['yes', 'no']) === 'yes'
  return { [known === 'for-hire' ? 'forHire' : known]: isSo }
}

/** `director+screenplay=Mara Quill/1931`. Throws {@link UsageError}. */
export function rolesOf(text: string): RoleAnswer[] {
  const [roles, who] = readPair('--author', text)
  return roles.split('+').map((role) => ({ role: filmRole(role), people: [authorOf(who)] }))
}

/** That verifiably nobody had a role. Throws {@link UsageError}. */
export function nobody(role: string): RoleAnswer {
  return { role: filmRole(role), people: null }
}

function filmRole(text: string): string {
  return readWord('--author', text.trim(), FILM_ROLES)
}

/** `Mara Quill/1931`, `Mara Quill/living`, `Mara Quill`. Throws {@link UsageError}. */
export function authorOf(text: string): AuthorAnswer {
  const at = text.lastIndexOf('/')
  const name = (at < 0 ? text : text.slice(0, at)).trim()
  const died = at < 0 ? undefined : text.slice(at + 1).trim()
  if (name === '' || !(died === undefined || died === 'living' || /^\d{1,4}$/u.test(died)))
    throw new UsageError(`--author ${text} is not of the form NAME/YEAR OF DEATH`)
  return { name, died: died === undefined ? undefined : died === 'living' ? null : Number(died) }
}

/** `underlying=The Old Play; Jane Doe/1901; 1890; GB`; what isn't known is left empty. Throws {@link UsageError}. */
export function partOf(text: string): PartAnswer {
  const [kind, rest] = readPair('--part', text)
  const [title = '', author = '', year = '', origin = ''] = rest
    .split(';')
    .map((each) => each.trim())
  if (title === '') throw new UsageError(`--part ${text} has no title`)
  return {
    component: readWord('--part', kind, PARTS),
    title,
    facts: {
      ...(year === '' ? {} : { published: publication(year) }),
      ...(origin === '' ? {} : { origin }),
    },
    authors: author === '' ? [] : [{ role: 'author', people: [authorOf(author)] }],
  }
}

/** Two people of one role stand together. Throws {@link UsageError}. */
export function mergedRoles(given: readonly RoleAnswer[]): RoleAnswer[] {
  const merged = new Map<string, RoleAnswer>()
  for (const { role, people } of given) {
    const there = merged.get(role)?.people
    if (merged.has(role) && (people === null || there === null))
      throw new UsageError(`--nobody ${role}: somebody is named for it`)
    merged.set(role, { role, people: people === null ? null : [...(there ?? []), ...people] })
  }
  return [...merged.values()]
}
