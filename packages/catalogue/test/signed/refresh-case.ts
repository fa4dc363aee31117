import { MadePublisher } from './made-publisher.ts'

/** Versions of root, timestamp, snapshot and targets; 0 = none is trusted. */
export type Versions = readonly [number, number, number, number]

/** What a reader answers to one round. */
export interface Expected {
  /** `updated`, `unchanged`, or the code of a refusal. */
  readonly answer: string
  readonly versions: Versions
  /** Curators whose file is trusted, in their order. */
  readonly curators?: readonly string[]
  /** The role whose expiry is shown; left out: the feed holds. */
  readonly stale?: string
  /** Which files are asked for, in order; left out: any. */
  readonly asks?: readonly string[]
  /** Path → the role that signs for it, `null` = nobody, or the code with which the file that lies there is refused. */
  readonly finds?: Readonly<Record<string, string | null>>
}

/** One refresh: the time, what the source has, what is expected. */
export interface Round extends Expected {
  readonly now: string
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** What a case is called, and why it's there. */
export interface CaseTitle {
  readonly name: string
  /** The case of the conformance suite of TUF that asks the same. */
  readonly conformance?: string
  /** The row of promises. */
  readonly row?: string
  /** The step of docs/feed-format.md. */
  readonly step: string
  /** Why other clients of TUF answer otherwise. */
  readonly differs?: Difference
}

/** Reasons for which feeds are stricter or milder than TUF. */
export type Difference =
  /** 13.5: what has expired is shown as such, and goes on playing. */
  | 'expiry'
  /** 10.5: Ed25519 alone. */
  | 'ed25519'
  /** 10.5: a key counts by what it is. */
  | 'same-key'
  /** 11.4: a curator names no curators. */
  | 'one-level'
  /** 11.4: names are ids. */
  | 'names'
  /** 10.6: every file is signed by length and SHA-256. */
  | 'sha256'
  /** 10.2: TUF's forms, read strictly. */
  | 'strict'
  /** 13.3: a version has one content. */
  | 'one-content'
  /** 13.6: a feed is taken whole, not role by role. */
  | 'whole'

/** A feed and a reader that follows it through some rounds. */
export interface RefreshCase extends CaseTitle {
  readonly root: Uint8Array
  readonly rounds: readonly Round[]
}

/** The first moment of every case. */
export const NEW_YEAR = '2026-01-01T12:00:00Z'

/** Writes a case down while its publisher acts. */
export class CaseMaker {
  readonly publisher = new MadePublisher()
  readonly #title: CaseTitle
  readonly #rounds: Round[] = []
  #root = this.publisher.files.get('metadata/1.root.json') ?? new Uint8Array()

  constructor(title: CaseTitle) {
    this.#title = title
  }

  /** Begins with another root than the publisher's first. */
  beginWith(root: Uint8Array): this {
    this.#root = root
    return this
  }

  /** The reader asks now. */
  round(answer: string, versions: Versions, more: Partial<Round> = {}): this {
    const files = new Map(this.publisher.files)
    this.#rounds.push({ now: NEW_YEAR, files, answer, versions, ...more })
    return this
  }

  /** The case. */
  get made(): RefreshCase {
    return { ...this.#title, root: this.#root, rounds: this.#rounds }
  }
}

/** A case, told as a story. */
export function story(
  title: CaseTitle,
  tell: (made: CaseMaker, publisher: MadePublisher) => void,
): RefreshCase {
  const made = new CaseMaker(title)
  tell(made, made.publisher)
  return made.made
}
