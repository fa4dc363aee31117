import { createHash } from 'node:crypto'
import { basename, extname, resolve } from 'node:path'
import { parseWebAddress, type JsonObject } from '@matinee/catalogue'
import {
  ACTS,
  EVIDENCE_KINDS,
  EVIDENCE_SPEAKERS,
  creditTerms,
  licenceOf,
  parseCalendarDate,
  parseScope,
  type Credit,
  type CreditTerms,
  type Scope,
} from '@matinee/rights'
import { UsageError } from '../command.ts'
import type { Questions } from '../questions.ts'
import type { IntakeFacts } from './intake-facts.ts'
import { readPair, readWord, type IntakeOptions } from './intake-options.ts'
import { faultOf, readText } from './intake-sources.ts'
import { readTerm, type TermDraft } from './intake-term.ts'

/** A document that shows that the work is free; it stays with the curator. */
export interface KeptEvidence {
  /** `<sha256>.<ending>` in works/<id>/evidence/. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** Why the film is free, and who is named for it. */
export interface IntakeRights {
  /** An entry for component `film`, without what it covers: feed-format 6.2. */
  readonly entry: JsonObject
  readonly credit: Credit
  readonly terms: CreditTerms
  /** The facts, when it's free because its protection has ended. */
  readonly term: TermDraft | null
  readonly evidence: readonly KeptEvidence[]
}

/** Instead of a licence, to the question. */
const TERM_ANSWER = 'term'
const EVIDENCE_BYTES = 64 * 1024 * 1024

/** What options and answers say of the rights. Throws {@link UsageError}. */
export async function readRights(
  values: IntakeOptions,
  facts: IntakeFacts,
  ownTerms: string | null,
  questions: Questions,
  today: string,
): Promise<IntakeRights> {
  const basis = await readBasis(values, facts, ownTerms, questions)
  const territories = values.territory.length > 0 ? values.territory : ['worldwide']
  const terms = termsOf(basis, territories)
  if (terms === null) throw new UsageError('that licence names nothing that anybody could credit')
  const credit = await readCredit(values, facts, questions)
  const { entries, kept } = await readEvidence(values, questions, today)
  const term = basis.kind === 'public-domain-term' ? await readTerm(values, facts, questions) : null
  const checkers = await readCheckers(values, questions)
  const { title, authors, sourceUrl, requestedForm, copyrightNotice, modifications } = credit
  const attribution = {
    title,
    creators: [...authors],
    ...(sourceUrl === null ? {} : { source: sourceUrl }),
    ...(requestedForm === null ? {} : { requested: requestedForm }),
    ...(copyrightNotice === null ? {} : { notice: copyrightNotice }),
    ...(modifications === null ? {} : { changes: modifications }),
    ...(credit.creditsMustPlay ? { creditsMustPlay: true } : {}),
  }
  const entry = {
    component: 'film',
    territories,
    except: values.except,
    basis,
    evidence: entries,
    checks: checkers.map((by) => ({ by, on: today })),
    verified: checkers.length > 0,
    attribution,
  }
  return { entry, credit, terms, term, evidence: kept }
}

type RecordBasis =
  | { readonly kind: 'licence'; readonly licence: string }
  | { readonly kind: 'submission'; readonly terms: SubmittedTerms }
  | { readonly kind: 'public-domain-mark'; readonly by: 'holder' | 'other' }
  | { readonly kind: 'public-domain-term' }

type SubmittedTerms =
  | { readonly kind: 'licence'; readonly licence: string }
  | { readonly kind: 'own-text'; readonly sha256: string; readonly acts: readonly string[] }

async function readBasis(
  values: IntakeOptions,
  { fields }: IntakeFacts,
  ownTerms: string | null,
  questions: Questions,
): Promise<RecordBasis> {
  const { allow, submission, 'own-terms': ownFile, 'public-domain': isPublic } = values
  const isTerm = values['public-domain-term']
  if (ownFile !== undefined) {
    const acts = allow.map((act) => readWord('--allow', act, ACTS))
    if (acts.length === 0)
      throw new UsageError(`--own-terms needs --allow, as often as needed: ${ACTS.join(', ')}`)
    const sha256 = createHash('sha256')
      .update(ownTerms ?? '')
      .digest('hex')
    return { kind: 'submission', terms: { kind: 'own-text', sha256, acts } }
  }
  if (isTerm || (values.licence === undefined && !isPublic && 'term' in fields))
    return { kind: 'public-domain-term' }
  if (isPublic) return { kind: 'public-domain-mark', by: submission ? 'holder' : 'other' }
  const licence =
    values.licence ??
    (await questions.ask({
      option: '--licence',
      text: `Licence, by its SPDX identifier as CC-BY-4.0; ${TERM_ANSWER}: its protection has ended`,
      usual: null,
      fault: (said) =>
        said === TERM_ANSWER || licenceOf(said) !== null
          ? null
          : 'no licence of that name is known',
    }))
  if (licence === TERM_ANSWER && values.licence === undefined) return { kind: 'public-domain-term' }
  if (licenceOf(licence) === null)
    throw new UsageError(`--licence ${licence} is no licence that is known, as CC-BY-4.0`)
  return submission
    ? { kind: 'submission', terms: { kind: 'licence', licence } }
    : { kind: 'licence', licence }
}

/** Under what the film is credited. */
function termsOf(basis: RecordBasis, territories: readonly string[]): CreditTerms | null {
  if (basis.kind !== 'submission') return creditTerms(basis, territories.flatMap(scopeOf))
  return basis.terms.kind === 'own-text'
    ? { kind: 'own-terms' }
    : creditTerms({ kind: 'submission', terms: basis.terms }, [])
}

async function readCredit(
  values: IntakeOptions,
  facts: IntakeFacts,
  questions: Questions,
): Promise<Credit> {
  const { source, notice, requested, changes, creator } = values
  const authors =
    creator.length > 0
      ? creator
      : [
          await questions.ask({
            option: '--creator',
            text: 'Who is to be named for the film',
            usual: null,
          }),
        ]
  const address = source === undefined ? null : parseWebAddress(source)
  if (source !== undefined && address === null)
    throw new UsageError(`--source ${source} is not a usable address`)
  return {
    title: facts.title,
    authors,
    year: facts.year,
    sourceUrl: address,
    requestedForm: requested ?? null,
    copyrightNotice: notice ?? null,
    modifications: changes ?? null,
    creditsMustPlay: values['credits-must-play'],
  }
}

async function readEvidence(
  values: IntakeOptions,
  questions: Questions,
  today: string,
): Promise<{ readonly entries: readonly JsonObject[]; readonly kept: readonly KeptEvidence[] }> {
  const said =
    values.evidence.length > 0
      ? values.evidence
      : [
          await questions.ask({
            option: '--evidence',
            text: `What shows that it is free, as KIND/SPEAKER=FILE (${EVIDENCE_KINDS.join(', ')}; ${EVIDENCE_SPEAKERS.join(', ')})`,
            usual: null,
            fault: (text) => faultOf(() => evidencePlace(text)),
          }),
        ]
  const on = values['evidence-on'] ?? today
  if (parseCalendarDate(on) === null) throw new UsageError(`--evidence-on ${on} is no day`)
  const entries: JsonObject[] = []
  const kept: KeptEvidence[] = []
  for (const [at, text] of said.entries()) {
    const { kind, speaker, path } = evidencePlace(text)
    const bytes = await readText(path, EVIDENCE_BYTES)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const url = evidenceUrl(values['evidence-url'][at])
    entries.push({ kind, speaker, url, on, sha256 })
    kept.push({ name: `${sha256}${plainEnding(path)}`, bytes })
  }
  return { entries, kept }
}

function evidencePlace(text: string): {
  readonly kind: string
  readonly speaker: string
  readonly path: string
} {
  const [key, value] = readPair('--evidence', text)
  const [kind = '', speaker = ''] = key.split('/', 2)
  return {
    kind: readWord('--evidence', kind, EVIDENCE_KINDS),
    speaker: readWord('--evidence', speaker, EVIDENCE_SPEAKERS),
    path: resolve(value),
  }
}

/** `-` and nothing say that it isn't public. */
function evidenceUrl(text: string | undefined): string | null {
  if (text === undefined || text === '-') return null
  const address = parseWebAddress(text)
  if (address === null) throw new UsageError(`--evidence-url ${text} is not a usable address`)
  return address
}

async function readCheckers(values: IntakeOptions, questions: Questions): Promise<string[]> {
  const said = values['checked-by']
  if (said.length > 0) return said
  const text = 'Who checked the evidence (a pseudonym; without one the work waits)'
  const answer = await questions.ask({ option: '--checked-by', text, usual: '' })
  return answer === '' ? [] : [answer]
}

function scopeOf(text: string): Scope[] {
  const scope = parseScope(text)
  if (scope === null)
    throw new UsageError(`--territory ${text} is no country (two capital letters), EU or worldwide`)
  return [scope]
}

function plainEnding(path: string): string {
  const ending = extname(basename(path)).toLowerCase()
  return /^\.[a-z0-9]{1,8}$/u.test(ending) ? ending : ''
}
