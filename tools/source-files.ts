import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './root.ts'

const SKIPPED = new Set(['node_modules', '.cache', '.git', 'dist'])

/**
 * The paths of the project's own files from its root, with `/`, sorted: what git knows or would
 * take; in a copy without git, everything but what is installed or built.
 */
export function listFiles(): readonly string[] {
  const names = existsSync(join(ROOT, '.git'))
    ? gitFiles()
    : readdirSync(ROOT, { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(ROOT.length + 1)
            .replaceAll('\\', '/'),
        )
  return names.filter((name) => !name.split('/').some((part) => SKIPPED.has(part))).toSorted()
}

function gitFiles(): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const names = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0')
  return names.filter((name) => name !== '' && existsSync(join(ROOT, name)))
}

/** The text of a file of {@link listFiles}. */
export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/**
 * TypeScript without its comments and with empty template texts, every line where it was. Strings
 * stay, so import specifiers can be read from it. Good enough for formatted sources, not a parser:
 * a regular expression with a quote in it ends its line early.
 */
export function withoutComments(source: string): string {
  const parts =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/gu
  return source.replaceAll(parts, (part) =>
    part.startsWith("'") || part.startsWith('"') ? part : part.replaceAll(/[^\n]/gu, ' '),
  )
}
