/**
 * Checks what the compiler can't see: exports without a doc comment, documents that name files which
 * don't exist, files that grew too long, names that say nothing, and traces of one machine.
 */
import { posix } from 'node:path'
import { undocumentedExports } from './doc-comments.ts'
import { isTestFile } from './layers.ts'
import { listFiles, readText } from './source-files.ts'

/** A file of one noun; a longer one says why in its first comment. */
const LINES = 250
const LINES_WITH_REASON = 400
const EMPTY_NAMES = /^(?:utils?|helpers?|misc|common|types?|manager|data|info|handle.*)$/u
// Written so that this file doesn't match itself.
const TRACES =
  /(?<![\w.])\/(?:home|Users)\/\w+\/|\/wor[k]\/(?:main|shared)|registry\.[a-z]+\.[o]rg|"resolved": "https?:/u
const TEXT = /\.(?:md|tsx?|mjs|js|json|ya?ml|css|html|sh|py|cmd)$|(?:^|\/)(?:run|matinee|\.npmrc)$/u

const files = listFiles()
const folders = new Set(
  files.flatMap((path) => path.split('/').map((_, at, parts) => parts.slice(0, at).join('/'))),
)
const problems = [
  ...undocumentedExports(files),
  ...files.filter((path) => path.endsWith('.md')).flatMap(checkDocument),
  ...files.filter((path) => /\.(?:tsx?|mjs|css)$/u.test(path)).flatMap(checkSource),
  ...files.filter((path) => TEXT.test(path)).flatMap(checkTraces),
]
for (const problem of problems) console.log(problem)
process.exitCode = problems.length > 0 ? 1 : 0

function exists(path: string): boolean {
  const name = posix.normalize(path).replace(/\/$/u, '')
  return files.includes(name) || folders.has(name) || name === '.'
}

/** Links of a document, and the files of the repository that it names in `code`. */
function checkDocument(path: string): string[] {
  const text = readText(path).replaceAll(/^```[\s\S]*?^```/gmu, (block) =>
    block.replaceAll(/[^\n]/gu, ''),
  )
  const lineOf = (at: number): number => text.slice(0, at).split('\n').length
  const named: { readonly target: string; readonly at: number; readonly from: string }[] = []
  for (const match of text.matchAll(/\]\(([^)\s]+)\)/gu)) {
    const target = (match[1] ?? '').split('#')[0] ?? ''
    if (target !== '' && !/^[a-z]+:/u.test(target))
      named.push({ target, at: match.index, from: posix.dirname(path) })
  }
  const place = /`((?:packages|apps|tools|e2e|fixtures|docs|feeds|bench|\.ci)\/[\w./@-]*)`/gu
  for (const match of text.matchAll(place))
    named.push({ target: match[1] ?? '', at: match.index, from: '.' })
  return named
    .filter(({ target, from }) => !exists(posix.join(from, target)))
    .map(({ target, at }) => `${path}:${lineOf(at)}: ${target} does not exist`)
}

function checkSource(path: string): string[] {
  const name = posix.basename(path).split('.')[0] ?? ''
  const text = readText(path)
  const lines = text.split('\n').length - 1
  const found: string[] = []
  // A sub-command's file has the name that the user types.
  if (EMPTY_NAMES.test(name) && !path.includes('/commands/'))
    found.push(`${path}: the name ${name} says nothing`)
  const isExempt = isTestFile(path) || !/\.(?:tsx?|mjs)$/u.test(path)
  if (!isExempt && lines > LINES_WITH_REASON)
    found.push(`${path}: ${lines} lines, more than ${LINES_WITH_REASON}`)
  else if (!isExempt && lines > LINES && !/\blong\b|\blines\b/u.test(firstComment(text)))
    found.push(`${path}: ${lines} lines, and the first comment doesn't say why it is so long`)
  return found
}

function firstComment(text: string): string {
  return /\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n)+/mu.exec(text)?.[0] ?? ''
}

function checkTraces(path: string): string[] {
  return readText(path)
    .split('\n')
    .flatMap((line, at) => {
      const trace = TRACES.exec(line)
      return trace === null ? [] : [`${path}:${at + 1}: ${trace[0]} belongs to one machine`]
    })
}
