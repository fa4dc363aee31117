/** The facts that a term of protection is computed from (feed-format 6.6), as options and answers give them. */
import type { JsonObject } from '@matinee/catalogue'
import { FILM_ROLES, UNITED_STATES } from '@matinee/rights'
import type { Questions } from '../questions.ts'
import type { IntakeFacts } from './intake-facts.ts'
import type { IntakeOptions } from './intake-options.ts'
import { faultOf } from './intake-sources.ts'
import { listIn, objectIn, objectsIn, textsIn } from './json-fields.ts'
import {
  authorOf,
  mergedRoles,
  nobody,
  partOf,
  publication,
  rolesOf,
  usFact,
  type PartAnswer,
  type RoleAnswer,
  type TermAnswers,
} from './term-answer.ts'

/** As they are called when somebody is asked. */
const ROLE_WORDS: Readonly<Record<(typeof FILM_ROLES)[number], string>> = {
  director: 'Who directed it',
  screenplay: 'Who wrote the screenplay',
  dialogue: 'Who wrote the dialogue',
  composer: 'Who wrote music for it',
}
/** Formalities decide about what the US published before they went. */
const LAST_FORMAL_YEAR = 1989

/** Facts with whether they are checked, in the shape of the record. */
export type TermDraft = (isChecked: boolean) => JsonObject

/**
 * What options say of the term, else a record that is there, else somebody. Throws {@link UsageError}.
 */
export async function readTerm(
  values: IntakeOptions,
  facts: IntakeFacts,
  questions: Questions,
): Promise<TermDraft> {
  const there = objectIn(facts.fields, 'term')
  const answers = await readAnswers(values, facts, there, questions)
  return (isChecked) => {
    const film = objectIn(there, 'film')
    const authors = answers.authors.map((each) => roleDraft(each, isChecked))
    const roles = new Set(authors.map(({ role }) => role))
    const kept = objectsIn(film, 'authors').filter(
      ({ role }) => typeof role !== 'string' || !roles.has(role),
    )
    const titles = new Set<unknown>(answers.parts.map(({ title }) => title))
    return {
      film: { ...film, ...factsDraft(answers.facts, isChecked), authors: [...kept, ...authors] },
      parts: [
        ...objectsIn(there, 'parts').filter(({ title }) => !titles.has(title)),
        ...answers.parts.map((part) => partDraft(part, isChecked)),
      ],
      doubts: [...listIn(there, 'doubts')],
    }
  }
}

async function readAnswers(
  values: IntakeOptions,
  facts: IntakeFacts,
  there: JsonObject,
  questions: Questions,
): Promise<TermAnswers> {
  const film = objectIn(there, 'film')
  const said: Record<string, unknown> = {}
  const published = values.published ?? (await askPublished(facts, film, questions))
  if (published !== '') said['published'] = publication(published)
  const origin = values['published-in'] ?? (await askOrigin(facts, film, questions))
  if (origin !== '') said['origin'] = origin
  for (const text of values['us-fact']) Object.assign(said, usFact(text))
  const authors = mergedRoles([
    ...values.author.flatMap((text) => rolesOf(text)),
    ...values.nobody.flatMap((text) => text.split('+').map((role) => nobody(role))),
  ])
  const known = new Set(objectsIn(film, 'authors').map(({ role }) => role))
  for (const role of FILM_ROLES)
    if (!known.has(role) && !authors.some((each) => each.role === role))
      authors.push(...(await askRole(role, questions)))
  const isFormal = Number(published.slice(0, 4)) <= LAST_FORMAL_YEAR
  if (origin === UNITED_STATES && isFormal)
    for (const [name, question] of [
      ['notice', 'Did its copies carry a copyright notice'],
      ['renewed', 'Was its copyright renewed in its 28th year'],
    ] as const)
      if (!(name in said) && !(name in film))
        Object.assign(said, await askUs(name, question, questions))
  const parts = values.part.map(partOf)
  if (parts.length === 0 && !('parts' in there)) parts.push(...(await askParts(questions)))
  return { facts: said, authors, parts }
}

async function askPublished(
  { year }: IntakeFacts,
  film: JsonObject,
  questions: Questions,
): Promise<string> {
  if ('published' in film) return ''
  const usual = year === null ? '' : String(year)
  const text = 'Year of its first publication anywhere, as 1926 or 1926-03'
  return await questions.ask({
    option: '--published',
    text,
    usual,
    fault: (said) => faultOf(() => publication(said)),
  })
}

async function askOrigin(
  { fields }: IntakeFacts,
  film: JsonObject,
  questions: Questions,
): Promise<string> {
  if ('origin' in film) return ''
  const [usual = ''] = textsIn(fields, 'countries')
  return await questions.ask({
    option: '--published-in',
    text: 'Country of its first publication, as FR',
    usual,
    fault: (said) => (/^[A-Z]{2}$/u.test(said) ? null : 'two capital letters'),
  })
}

async function askRole(
  role: (typeof FILM_ROLES)[number],
  questions: Questions,
): Promise<RoleAnswer[]> {
  const answer = await questions.ask({
    option: '--author',
    text: `${ROLE_WORDS[role]}, as NAME/YEAR OF DEATH, several with ; (living: NAME/living; nobody: -)`,
    usual: '',
    fault: (said) => (said === '-' ? null : faultOf(() => said.split(';').map(authorOf))),
  })
  if (answer === '') return []
  return answer === '-' ? [nobody(role)] : [{ role, people: answer.split(';').map(authorOf) }]
}

async function askUs(name: string, text: string, questions: Questions): Promise<object> {
  const answer = await questions.ask({
    option: '--us-fact',
    text: `${text}, yes or no`,
    usual: '',
    fault: (said) => faultOf(() => usFact(`${name}=${said}`)),
  })
  return answer === '' ? {} : usFact(`${name}=${answer}`)
}

async function askParts(questions: Questions): Promise<PartAnswer[]> {
  const found: PartAnswer[] = []
  for (;;) {
    const answer = await questions.ask({
      option: '--part',
      text: `${found.length === 0 ? 'An' : 'Another'} older work inside (a play, a novel, older music), as underlying|music=TITLE; AUTHOR/DIED; YEAR; COUNTRY`,
      usual: '',
      fault: (said) => faultOf(() => partOf(said)),
    })
    if (answer === '') return found
    found.push(partOf(answer))
  }
}

function factsDraft(facts: Readonly<Record<string, unknown>>, verified: boolean): JsonObject {
  const entries = Object.entries(facts).map(([name, value]) => [name, { value, verified }])
  return JSON.parse(JSON.stringify(Object.fromEntries(entries))) as JsonObject
}

function roleDraft({ role, people }: RoleAnswer, verified: boolean): JsonObject & { role: string } {
  if (people === null) return { role, kind: 'nobody', verified }
  return {
    role,
    kind: 'people',
    people: people.map(({ name, died }) =>
      died === undefined ? { name } : { name, died: { value: died, verified } },
    ),
  }
}

function partDraft(
  { component, title, facts, authors }: PartAnswer,
  verified: boolean,
): JsonObject {
  const roles = authors.map((each) => roleDraft(each, verified))
  return { component, title, facts: { ...factsDraft(facts, verified), authors: roles } }
}
