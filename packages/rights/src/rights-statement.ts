import {
  EVERYTHING,
  NO,
  NOTHING_KNOWN,
  type Permissions,
  YES,
  everyAct,
  yesIf,
} from './permission.ts'
import { type Scope, UNITED_STATES } from './territory.ts'

/** The twelve statements of rightsstatements.org, all in version 1.0. */
export const RIGHTS_STATEMENT_IDS = [
  'InC',
  'InC-OW-EU',
  'InC-EDU',
  'InC-NC',
  'InC-RUU',
  'NoC-CR',
  'NoC-NC',
  'NoC-OKLR',
  'NoC-US',
  'CNE',
  'UND',
  'NKC',
] as const

/** One of {@link RIGHTS_STATEMENT_IDS}. */
export type RightsStatementId = (typeof RIGHTS_STATEMENT_IDS)[number]

/** What an archive or library says about the rights in a thing it holds. It grants nothing. */
export interface RightsStatement {
  readonly id: RightsStatementId
  readonly name: string
  readonly version: '1.0'
  /** The identifier, which rightsstatements.org defines with `http:`. */
  readonly uri: string
  /** The page for people. */
  readonly url: string
  /**
   * What the statement says one may do where it holds. It's the archive's word: only
   * {@link conclusiveIn} makes it a reason to offer a work.
   */
  readonly permissions: Permissions
  /** Where the statement, once checked by a person, is enough by itself. */
  readonly conclusiveIn: readonly Scope[]
}

const NON_COMMERCIAL: Permissions = { ...everyAct(yesIf('non-commercial')), watch: YES, sell: NO }

const ROWS: Readonly<
  Record<RightsStatementId, { name: string; permissions: Permissions; conclusiveIn?: Scope[] }>
> = {
  InC: { name: 'In Copyright', permissions: NOTHING_KNOWN },
  'InC-OW-EU': { name: 'In Copyright - EU Orphan Work', permissions: NOTHING_KNOWN },
  'InC-EDU': { name: 'In Copyright - Educational Use Permitted', permissions: NOTHING_KNOWN },
  'InC-NC': { name: 'In Copyright - Non-Commercial Use Permitted', permissions: NON_COMMERCIAL },
  'InC-RUU': {
    name: 'In Copyright - Rights-holder(s) Unlocatable or Unidentifiable',
    permissions: NOTHING_KNOWN,
  },
  'NoC-CR': { name: 'No Copyright - Contractual Restrictions', permissions: NOTHING_KNOWN },
  'NoC-NC': { name: 'No Copyright - Non-Commercial Use Only', permissions: NON_COMMERCIAL },
  'NoC-OKLR': {
    name: 'No Copyright - Other Known Legal Restrictions',
    permissions: NOTHING_KNOWN,
  },
  // Public domain under the law of the US, "a determination was not made" for any other country.
  'NoC-US': {
    name: 'No Copyright - United States',
    permissions: EVERYTHING,
    conclusiveIn: [UNITED_STATES],
  },
  CNE: { name: 'Copyright Not Evaluated', permissions: NOTHING_KNOWN },
  UND: { name: 'Copyright Undetermined', permissions: NOTHING_KNOWN },
  // No conclusive determination: not publishable on its own.
  NKC: { name: 'No Known Copyright', permissions: NOTHING_KNOWN },
}

/** Every statement, by identifier. */
export const RIGHTS_STATEMENTS: ReadonlyMap<string, RightsStatement> = new Map(
  RIGHTS_STATEMENT_IDS.map((id) => [id, statement(id)]),
)

/** The statement of an identifier, with or without its version (`NKC`, `NKC/1.0`), or `null`. */
export function rightsStatementOf(id: string): RightsStatement | null {
  return RIGHTS_STATEMENTS.get(id.replace(/\/1\.0$/u, '')) ?? null
}

/** The statement that a URL of rightsstatements.org names (`/vocab/` or `/page/`), or `null`. */
export function rightsStatementOfUrl(text: string): RightsStatement | null {
  const match =
    /^https?:\/\/(?:www\.)?rightsstatements\.org\/(?:vocab|page)\/([A-Za-z-]+)\/1\.0\/?(?:[?#].*)?$/u.exec(
      text,
    )
  return RIGHTS_STATEMENTS.get(match?.[1] ?? '') ?? null
}

function statement(id: RightsStatementId): RightsStatement {
  const { name, permissions, conclusiveIn = [] } = ROWS[id]
  return {
    id,
    name,
    version: '1.0',
    uri: `http://rightsstatements.org/vocab/${id}/1.0/`,
    url: `https://rightsstatements.org/page/${id}/1.0/`,
    permissions,
    conclusiveIn,
  }
}
