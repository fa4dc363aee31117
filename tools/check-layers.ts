/** Checks every import of the repository against layers.ts and the package.json beside it. */
import { dirname, posix } from 'node:path'
import { isTestFile, LAYERS, layerOf, type Layer } from './layers.ts'
import { listFiles, readText, withoutComments } from './source-files.ts'

/** What check-layers reads of a package.json. */
interface Manifest {
  readonly folder: string
  readonly name: string
  readonly shipped: ReadonlySet<string>
  readonly all: ReadonlySet<string>
  /** `#name` and `@matinee/name/door` to the file each stands for, from the repository's root. */
  readonly doors: ReadonlyMap<string, string>
}

const files = listFiles()
const manifests = files.filter((path) => posix.basename(path) === 'package.json').map(readManifest)
const problems = [...undeclaredFolders(), ...files.filter(isSource).flatMap(checkFile)]
for (const problem of problems) console.log(problem)
process.exitCode = problems.length > 0 ? 1 : 0

function isSource(path: string): boolean {
  return /\.tsx?$/u.test(path) && layerOf(path) !== undefined
}

function readManifest(path: string): Manifest {
  const json = JSON.parse(readText(path)) as {
    readonly name: string
    readonly dependencies?: Record<string, string>
    readonly devDependencies?: Record<string, string>
    readonly imports?: Record<string, string>
    readonly exports?: Record<string, string>
  }
  const folder = dirname(path) === '.' ? '' : dirname(path)
  const shipped = Object.keys(json.dependencies ?? {})
  const doorTo =
    (rename: (name: string) => string) =>
    ([name, file]: [string, string]): [string, string] => [rename(name), posix.join(folder, file)]
  return {
    folder,
    name: json.name,
    shipped: new Set(shipped),
    all: new Set([...shipped, ...Object.keys(json.devDependencies ?? {})]),
    doors: new Map([
      ...Object.entries(json.imports ?? {}).map(doorTo((name) => name)),
      ...Object.entries(json.exports ?? {}).map(doorTo((name) => posix.join(json.name, name))),
    ]),
  }
}

/** A package that layers.ts doesn't know could import anything. */
function undeclaredFolders(): string[] {
  return manifests
    .map((manifest) => manifest.folder)
    .filter((folder) => /^(?:packages|apps)\//u.test(folder))
    .filter((folder) => !LAYERS.some((layer) => layer.folder === folder))
    .map((folder) => `${folder}: not in tools/layers.ts`)
}

function checkFile(path: string): string[] {
  const layer = layerOf(path)
  const manifest = manifestOf(path)
  if (layer === undefined || manifest === undefined) return [`${path}: belongs to no package`]
  return importsOf(readText(path)).flatMap(({ specifier, line, isType }) => {
    const refusal = refuse({ path, layer, manifest, specifier, isType })
    return refusal === null ? [] : [`${path}:${line}: ${specifier}: ${refusal}`]
  })
}

/** The package a file belongs to: the nearest package.json above it. */
function manifestOf(path: string): Manifest | undefined {
  return manifests
    .filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`))
    .toSorted((a, b) => b.folder.length - a.folder.length)[0]
}

interface Import {
  readonly specifier: string
  readonly line: number
  readonly isType: boolean
}

function importsOf(source: string): Import[] {
  const text = withoutComments(source)
  const pattern =
    /\b(?:(import|export)(\s+type)?\b[^'";]*?\bfrom|import)\s*\(?\s*['"]([^'"\n]+)['"]/gu
  return [...text.matchAll(pattern)].map((match) => ({
    specifier: match[3] ?? '',
    line: text.slice(0, match.index).split('\n').length,
    isType: match[2] !== undefined,
  }))
}

interface Question {
  readonly path: string
  readonly layer: Layer
  readonly manifest: Manifest
  readonly specifier: string
  readonly isType: boolean
}

/** Why an import isn't allowed, or `null`. */
function refuse({ path, layer, manifest, specifier, isType }: Question): string | null {
  const isTest = isTestFile(path)
  if (specifier.startsWith('node:')) return isTest ? null : refuseNode(path, layer)
  const target = fileOf(path, manifest, specifier)
  if (target !== null) {
    // The types of mutants and fuzzers are the one thing that packages take from tools/.
    if (isTest && isType && target.startsWith('tools/')) return null
    const leaves = manifestOf(target)?.folder !== manifest.folder
    if (leaves && isPackage(path)) return 'a relative import never leaves its package'
    return refuseLayer(layer, layerOf(target), isTest)
  }
  const door = manifests.map(({ doors }) => doors.get(specifier)).find((file) => file !== undefined)
  const refusal = door === undefined ? null : refuseLayer(layer, layerOf(door), isTest)
  if (refusal !== null) return refusal
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  const isDeclared = name === manifest.name || declares(manifest, path, name)
  if (isDeclared || (door !== undefined && !isPackage(path))) return null
  return `not declared in ${posix.join(manifest.folder, 'package.json')}`
}

/** Whether a file is part of a workspace; tools/ and e2e/ belong to the root. */
function isPackage(path: string): boolean {
  return /^(?:packages|apps)\//u.test(path)
}

/** Pages are built, so what they import is a development dependency. */
function declares(manifest: Manifest, path: string, name: string): boolean {
  const isBuilt = isTestFile(path) || path.includes('/web/') || !isPackage(path)
  if (!isBuilt) return manifest.shipped.has(name)
  return [manifest, ...manifests.filter(({ folder }) => folder === '')].some(({ all }) =>
    all.has(name),
  )
}

function refuseNode(path: string, layer: Layer): string | null {
  if (layer.node === 'everywhere') return null
  const isAllowed = layer.node.some((folder) => path.startsWith(`${layer.folder}/${folder}/`))
  return isAllowed
    ? null
    : `${layer.folder} runs anywhere: node: only in ${layer.node.join(', ') || 'its tests'}`
}

function refuseLayer(from: Layer, to: Layer | undefined, isTest: boolean): string | null {
  if (to === undefined) return 'not a layer of tools/layers.ts'
  const allowed = isTest ? [...from.imports, ...(from.tests ?? [])] : from.imports
  if (to === from || allowed.includes(to.folder)) return null
  return `${from.folder} may not import ${to.folder}`
}

/** The file a relative or `#` specifier stands for, or `null` for a package. */
function fileOf(path: string, manifest: Manifest, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.join(dirname(path), specifier)
  return specifier.startsWith('#') ? (manifest.doors.get(specifier) ?? null) : null
}
