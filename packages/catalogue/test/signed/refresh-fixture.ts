import { concatBytes } from '@matinee/base'
import { nodeHash } from '@matinee/testkit'
import { FIXTURES, readFixture } from '../fixture-record.ts'
import type { CaseTitle, Expected, RefreshCase, Round } from './refresh-case.ts'

/** Where the cases of a refresh are written down. */
export const REFRESH_FIXTURE = new URL('signed/refresh.json', FIXTURES)

/** A file: its text, its bytes in hexadecimal digits when it has no text, spaces behind it. */
interface WrittenFile {
  readonly text?: string
  readonly hex?: string
  readonly spaces?: number
}

interface WrittenRound extends Expected {
  readonly now: string
  /** What changed since the round before: path → SHA-256 in `files`; `null` = gone. */
  readonly files: Readonly<Record<string, string | null>>
}

interface WrittenCase extends CaseTitle {
  readonly root: string
  readonly rounds: readonly WrittenRound[]
}

interface WrittenCases {
  readonly about: string
  readonly files: Readonly<Record<string, WrittenFile>>
  readonly cases: readonly WrittenCase[]
}

const ABOUT =
  'Refreshes of a signed feed (section 13 of docs/feed-format.md), told in rounds. `root` is the first root, whose SHA-256 is the accepted fingerprint. In each round the reader, at the moment `now`, asks a source that has these files: those of the round before with `files` changed (path to the SHA-256 of an entry in the list of files; null takes one away). `answer` is `updated`, `unchanged` or the code of a refusal; `versions` are those of root, timestamp, snapshot and targets that are trusted afterwards, 0 for none; `curators` are trusted too, `stale` names the role whose expiry is shown, `asks` which files are asked for, `finds` which role signs for a path, or the code with which the file there is refused. `conformance` is the case of the conformance suite of TUF that asks the same; `differs` says why its answer is another one. An entry of the list of files is a text, or bytes in hexadecimal digits, with so many spaces behind it. Keys are Ed25519, the secret of key n being the SHA-256 of `matinee fixture key n`.'

/** The cases as a file for readers in any language. */
export function writeRefreshFixture(cases: readonly RefreshCase[]): string {
  const files: Record<string, WrittenFile> = {}
  const keep = (bytes: Uint8Array): string => {
    const name = nodeHash.sha256(bytes).toHex()
    files[name] = written(bytes)
    return name
  }
  const told = cases.map(({ root, rounds, ...title }): WrittenCase => {
    let before: ReadonlyMap<string, Uint8Array> = new Map()
    const toldRounds = rounds.map(({ files: now, ...round }): WrittenRound => {
      const changed: Record<string, string | null> = {}
      for (const [path, bytes] of now) if (before.get(path) !== bytes) changed[path] = keep(bytes)
      for (const path of before.keys()) if (!now.has(path)) changed[path] = null
      before = now
      return { ...round, files: changed }
    })
    return { ...title, root: keep(root), rounds: toldRounds }
  })
  const lines = told.map((each) => `    ${JSON.stringify(each)}`).join(',\n')
  const entries = Object.entries(files)
    .map(([name, file]) => `    ${JSON.stringify(name)}: ${JSON.stringify(file)}`)
    .join(',\n')
  const about = JSON.stringify(ABOUT)
  return `{\n  "about": ${about},\n  "files": {\n${entries}\n  },\n  "cases": [\n${lines}\n  ]\n}\n`
}

/** The cases that are written down. */
export function readRefreshFixture(): readonly RefreshCase[] {
  const { files, cases } = readFixture('signed/refresh.json') as unknown as WrittenCases
  const bytesOf = (name: string): Uint8Array => {
    const file = files[name]
    if (file === undefined) throw new RangeError(`no file ${name}`)
    const bytes =
      file.hex === undefined ? new TextEncoder().encode(file.text) : Uint8Array.fromHex(file.hex)
    const spaces = new Uint8Array(file.spaces ?? 0).fill(32)
    return concatBytes([bytes, spaces])
  }
  return cases.map(({ root, rounds, ...title }): RefreshCase => {
    const now = new Map<string, Uint8Array>()
    const read = rounds.map(({ files: changed, ...round }): Round => {
      for (const [path, name] of Object.entries(changed))
        if (name === null) now.delete(path)
        else now.set(path, bytesOf(name))
      return { ...round, files: new Map(now) }
    })
    return { ...title, root: bytesOf(root), rounds: read }
  })
}

function written(bytes: Uint8Array): WrittenFile {
  const end = bytes.findLastIndex((byte) => byte !== 32) + 1
  const spaces = bytes.length - end > 0 ? { spaces: bytes.length - end } : {}
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end)),
      ...spaces,
    }
  } catch {
    return { hex: bytes.subarray(0, end).toHex(), ...spaces }
  }
}
