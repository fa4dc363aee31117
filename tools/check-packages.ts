/**
 * Checks package.json files, lockfiles and TypeScript projects: exact versions, no host, every optional
 * package named, and no project that `tsc -b` would miss.
 * npm leaves out optional packages that the registry at hand doesn't have, and `npm ci` then refuses
 * the lockfile everywhere.
 */
import { posix } from 'node:path'
import { listFiles, readText } from './source-files.ts'

/** What is read of an entry of a lockfile. */
interface LockedPackage {
  readonly resolved?: string
  readonly link?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const named = (name: string): readonly string[] =>
  listFiles().filter((path) => posix.basename(path) === name)
const workspaces = named('package.json')
  .map((path) => posix.dirname(path))
  .filter((folder) => /^(?:packages|apps)\/|^e2e$/u.test(folder))
const problems = [
  ...named('package.json').flatMap(checkManifest),
  ...named('package-lock.json').flatMap(checkLockfile),
  ...missedProjects(),
]
for (const problem of problems) console.log(problem)
process.exitCode = problems.length > 0 ? 1 : 0

function checkManifest(path: string): string[] {
  const manifest = JSON.parse(readText(path)) as Readonly<Record<string, unknown>>
  return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries((manifest[kind] ?? {}) as Record<string, string>)
      .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/u.test(version))
      .map(([name, version]) => `${path}: ${name} ${version} is not an exact version`),
  )
}

function checkLockfile(path: string): string[] {
  const { packages } = JSON.parse(readText(path)) as {
    readonly packages: Readonly<Record<string, LockedPackage>>
  }
  const gone = Object.keys(packages).filter(
    (place) => !/(?:^|\/)node_modules\/|^$/u.test(place) && !workspaces.includes(place),
  )
  const unknown = workspaces.filter(
    (folder) => path === 'package-lock.json' && !(folder in packages),
  )
  const ofWorkspaces = [
    ...unknown.map((folder) => `${path}: ${folder} has no entry; run npm install`),
    ...gone.map((folder) => `${path}: ${folder} is not there; run npm install`),
  ]
  return [
    ...ofWorkspaces,
    ...Object.entries(packages).flatMap(([place, entry]) => {
      const host = entry.resolved !== undefined && entry.link !== true
      const missing = Object.keys(entry.optionalDependencies ?? {}).filter(
        (name) => !isNamed(place, name),
      )
      return [
        ...(host ? [`${path}: ${place} names a host`] : []),
        ...missing.map((name) => `${path}: ${name}, optional for ${place}, has no entry`),
      ]
    }),
  ]

  /** Node looks in node_modules of the package's folder and of every folder above. */
  function isNamed(place: string, name: string): boolean {
    const parts =
      place === ''
        ? ['']
        : [
            '',
            ...place
              .split('/node_modules/')
              .map((_, at, all) => all.slice(0, at + 1).join('/node_modules/')),
          ]
    return parts.some((folder) => packages[posix.join(folder, 'node_modules', name)] !== undefined)
  }
}

/** Projects that the root's project doesn't reach through references. */
function missedProjects(): string[] {
  const projects = listFiles().filter((path) => /(?:^|\/)tsconfig(?:\.test)?\.json$/u.test(path))
  const reached = new Set<string>()
  const left = ['tsconfig.json']
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (reached.has(path) || !projects.includes(path)) continue
    reached.add(path)
    const { references } = JSON.parse(readText(path)) as {
      readonly references?: readonly { readonly path: string }[]
    }
    for (const reference of references ?? []) {
      const target = posix.join(posix.dirname(path), reference.path)
      left.push(target.endsWith('.json') ? target : posix.join(target, 'tsconfig.json'))
    }
  }
  return projects
    .filter((path) => !reached.has(path))
    .map((path) => `${path}: not among the references of tsconfig.json`)
}
