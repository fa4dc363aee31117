import { posix } from 'node:path'
import { readText } from './source-files.ts'

/** A declaration that a module exports, and the line before which its doc comment stands. */
interface Declaration {
  readonly name: string
  readonly line: number
  readonly isDocumented: boolean
}

/**
 * Every declaration that a package's doors (`exports` of its package.json) let out and that has no
 * doc comment, as `file:line: name`. Consecutive one-line constants may share the comment above.
 */
export function undocumentedExports(files: readonly string[]): string[] {
  const doors = files
    .filter((path) => /^(?:packages|apps)\/[^/]+\/package\.json$/u.test(path))
    .flatMap((path) => {
      const manifest = JSON.parse(readText(path)) as { readonly exports?: Record<string, string> }
      return Object.values(manifest.exports ?? {}).map((file) =>
        posix.join(posix.dirname(path), file),
      )
    })
  const reached = new Map<string, Set<string> | 'all'>()
  for (const door of doors) reach(door, 'all', files, reached)
  return [...reached].flatMap(([path, names]) =>
    declarationsOf(readText(path))
      .filter(({ name, isDocumented }) => !isDocumented && (names === 'all' || names.has(name)))
      .map(({ name, line }) => `${path}:${line}: ${name} is exported without a doc comment`),
  )
}

/** Follows re-exports; `wanted` are the names that leave the file. */
function reach(
  path: string,
  wanted: ReadonlySet<string> | 'all',
  files: readonly string[],
  reached: Map<string, Set<string> | 'all'>,
): void {
  if (!files.includes(path)) return
  const known = reached.get(path)
  if (known === 'all') return
  if (wanted === 'all') reached.set(path, 'all')
  else reached.set(path, new Set([...(known ?? []), ...wanted]))
  const reExports = /^export\s+(?:type\s+)?(\*|\{[^}]*\})\s+from\s+'(\.[^']+)'/gmu
  for (const [, what, from] of readText(path).matchAll(reExports)) {
    const names = what === '*' ? wanted : namesIn(what ?? '')
    reach(posix.join(posix.dirname(path), from ?? ''), names, files, reached)
  }
}

/** The original names of `{ a, b as c, type D }`. */
function namesIn(braces: string): ReadonlySet<string> {
  return new Set(
    braces
      .slice(1, -1)
      .split(',')
      .map(
        (part) =>
          part
            .trim()
            .replace(/^type\s+/u, '')
            .split(/\s+as\s+/u)[0] ?? '',
      ),
  )
}

function declarationsOf(source: string): Declaration[] {
  const lines = source.split('\n')
  const pattern =
    /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|interface|type|const|let) (\w+)/u
  const found: Declaration[] = []
  const documented = new Set<string>()
  for (const [at, line] of lines.entries()) {
    const name = pattern.exec(line)?.[1]
    if (name === undefined) continue
    const before = lines[at - 1] ?? ''
    const sharesComment =
      line.startsWith('export const ') && /^export const \w+.*[^{([]$/u.test(before)
    const isDocumented =
      before.trim().endsWith('*/') ||
      documented.has(name) || // a later overload
      (sharesComment && found.at(-1)?.isDocumented === true)
    if (isDocumented) documented.add(name)
    found.push({ name, line: at + 1, isDocumented })
  }
  return found
}
