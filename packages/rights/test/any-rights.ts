/** Arbitrary facts, entries and works for property tests. */
import fc from 'fast-check'
import {
  type Basis,
  COMPONENTS,
  type CalendarDate,
  type Evidence,
  EVIDENCE_KINDS,
  EVIDENCE_SPEAKERS,
  EVERYTHING,
  FILM_ROLES,
  type Fact,
  LICENCES,
  NO,
  type Permissions,
  RIGHTS_STATEMENT_IDS,
  type RightsEntry,
  type RightsWork,
  type RoleFacts,
  type Scope,
  type TermFacts,
  type Withdrawal,
  type WorkFacts,
  country,
  everyAct,
  firstDayOf,
} from '../src/index.ts'

function fact<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Fact<T>> {
  return fc.record({ value, verified: fc.boolean() })
}

const anyYear = fc.integer({ min: 1880, max: 2060 })
const anyAuthor = fc.record(
  { name: fc.constantFrom('A', 'B'), died: fact(fc.option(anyYear)) },
  { requiredKeys: ['name'] },
)

function anyRole(role: RoleFacts['role']): fc.Arbitrary<RoleFacts[]> {
  const people = fc
    .array(anyAuthor, { minLength: 1, maxLength: 2 })
    .map((found): RoleFacts[] => [{ role, kind: 'people', people: found }])
  const nobody = fc.boolean().map((verified): RoleFacts[] => [{ role, kind: 'nobody', verified }])
  return fc.oneof(people, nobody, fc.constant<RoleFacts[]>([]))
}

function anyWork(roles: readonly RoleFacts['role'][]): fc.Arbitrary<WorkFacts> {
  return fc.record(
    {
      published: fact(
        fc.record(
          { year: anyYear, month: fc.integer({ min: 1, max: 12 }) },
          { requiredKeys: ['year'] },
        ),
      ),
      createdYear: fact(anyYear),
      origin: fact(fc.constantFrom('US', 'FR', 'SU', 'JP')),
      notice: fact(fc.boolean()),
      renewed: fact(fc.boolean()),
      registered: fact(fc.boolean()),
      government: fact(fc.boolean()),
      forHire: fact(fc.boolean()),
      authors: fc.tuple(...roles.map(anyRole)).map((lists) => lists.flat()),
    },
    { requiredKeys: ['authors'] },
  )
}

/** Facts of any film, also ones that contradict each other. */
export const anyTermFacts: fc.Arbitrary<TermFacts> = fc.record({
  film: anyWork(FILM_ROLES),
  parts: fc.array(
    fc.record({
      component: fc.constantFrom('underlying' as const, 'music' as const),
      title: fc.constantFrom('A play', 'A song'),
      facts: anyWork(['author']),
    }),
    { maxLength: 2 },
  ),
  doubts: fc.array(
    fc.record({
      territory: fc.constantFrom<Scope>('worldwide', 'EU', country('US')),
      text: fc.constant('Somebody argues otherwise.'),
    }),
    { maxLength: 1 },
  ),
})

/** Countries to ask about, and "not known". */
export const anyTerritory = fc.constantFrom(...['US', 'FR', 'ES', 'JP'].map(country), null)

/** A first day of a year. */
export const anyDate: fc.Arbitrary<CalendarDate> = fc
  .integer({ min: 1990, max: 2100 })
  .map(firstDayOf)

const anyScope = fc.constantFrom<Scope>('worldwide', 'EU', ...['US', 'FR', 'ES'].map(country))
const anyPermissions = fc.constantFrom<Permissions>(EVERYTHING, everyAct(NO), {
  ...EVERYTHING,
  share: NO,
})

const anyBasis: fc.Arbitrary<Basis> = fc.oneof(
  fc.record({
    kind: fc.constant('licence' as const),
    licence: fc.constantFrom(...LICENCES.keys(), 'CC-BY', 'LicenseRef-mine'),
  }),
  fc.record({ kind: fc.constant('public-domain-term' as const) }),
  fc.record({
    kind: fc.constant('submission' as const),
    terms: fc.record({
      kind: fc.constant('own-text' as const),
      sha256: fc.constantFrom(null, '0'.repeat(64)),
      permissions: anyPermissions,
    }),
  }),
  fc.record({
    kind: fc.constant('public-domain-mark' as const),
    by: fc.constantFrom('holder' as const, 'other' as const),
  }),
  fc.record({
    kind: fc.constant('rights-statement' as const),
    statement: fc.constantFrom(...RIGHTS_STATEMENT_IDS),
  }),
  fc.record({ kind: fc.constantFrom('in-copyright' as const, 'disputed' as const) }),
)

const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
  kind: fc.constantFrom(...EVIDENCE_KINDS),
  speaker: fc.constantFrom(...EVIDENCE_SPEAKERS),
  url: fc.constant('https://example.org/'),
  on: anyDate,
  sha256: fc.constantFrom(null, 'f'.repeat(64)),
})

/** The value that lets an entry grant, most of the time: else nearly nothing would be offered. */
function mostly<T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other })
}

/** Any entry. */
export const anyEntry: fc.Arbitrary<RightsEntry> = fc.record({
  component: mostly<RightsEntry['component']>('film', fc.constantFrom(...COMPONENTS)),
  territories: mostly<Scope[]>(['worldwide'], fc.array(anyScope, { maxLength: 2 })),
  except: mostly<Scope[]>([], fc.array(anyScope, { maxLength: 1 })),
  basis: anyBasis,
  from: mostly<CalendarDate | null>(null, anyDate),
  until: mostly<CalendarDate | null>(null, anyDate),
  covers: mostly<string[] | null>(null, fc.constant(['aa'])),
  evidence: fc.array(anyEvidence, { maxLength: 4 }),
  checks: fc.array(fc.record({ by: fc.constantFrom('x', 'y'), on: anyDate }), { maxLength: 4 }),
  verified: mostly(true, fc.constant(false)),
})

const anyWithdrawal: fc.Arbitrary<Withdrawal | null> = fc.record({
  on: anyDate,
  cause: fc.constantFrom('court-or-notice' as const, 'makers-wish' as const),
  reason: fc.constant('It was asked for.'),
  noticeUrl: fc.constant(null),
})

/** Any work, with up to five entries. */
export const anyRightsWork: fc.Arbitrary<RightsWork> = fc.record({
  entries: fc.array(anyEntry, { maxLength: 5 }),
  term: fc.option(anyTermFacts),
  releaseHashes: fc.constantFrom([], ['aa'], ['bb']),
  withdrawal: mostly<Withdrawal | null>(null, anyWithdrawal),
})
