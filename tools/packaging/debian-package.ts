/**
 * `npm run deb -- FOLDER`: makes `matinee_VERSION_ARCHITECTURE.deb`: this copy of Matinee, the Node that runs it, and an
 * entry in the menu. Needs dpkg-deb. Nothing is run at its installation, and nothing is fetched.
 */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { programParts } from '../../apps/matinee/src/pack/program-parts.ts'
import { ROOT } from '../root.ts'
import { nodeLicence } from './node-licence.ts'

const HOME = 'usr/lib/matinee'
/** Debian's names of kinds of computers. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

const LAUNCHER = `#!/bin/sh
# The program and its Node stand together; what is compiled is kept with the user's caches.
cache=\${XDG_CACHE_HOME:-$HOME/.cache}/matinee
MALLOC_ARENA_MAX=2 NODE_COMPILE_CACHE=$cache/compile \\
  exec /${HOME}/node --max-semi-space-size=2 /${HOME}/program/apps/matinee/src/main.ts "$@"
`

const MENU_ENTRY = `[Desktop Entry]
Type=Application
Name=Matinee
GenericName=Films and series
GenericName[fr]=Films et séries
Comment=Free films, from the people who watch them
Comment[fr]=Des films libres, par ceux qui les regardent
Exec=matinee
Icon=matinee
Terminal=false
Categories=AudioVideo;Video;Player;
Keywords=film;cinema;series;video;
`

const COPYRIGHT = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Matinee

Files: *
Copyright: the developers of Matinee
License: Apache-2.0
 On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.

Files: ${HOME}/program/apps/viewer/web/dist/assets/jassub-worker-*.wasm
Copyright: the contributors of jassub, libass, FriBidi, FreeType and HarfBuzz
License: LGPL-2.1+
 Draws styled subtitles. On Debian systems the text is in /usr/share/common-licenses/LGPL-2.1.
 What else comes along stands in /${HOME}/program/docs/licences.md.

Files: ${HOME}/node
Copyright: the contributors of Node.js
License: MIT
 The Node.js program, as it comes from its makers. Its licence, and those of what is in it, are in
 /usr/share/doc/matinee/node.LICENSE.
`

/**
 * Makes the package in `folder`. Returns its path. Throws PackError, and what the file system and dpkg-deb throw.
 *
 * @param compression of what is in it; default: what every dpkg reads
 */
export async function makeDebianPackage(
  folder: string,
  compression: 'xz' | 'none' = 'xz',
): Promise<string> {
  const architecture = ARCHITECTURES[process.arch]
  if (process.platform !== 'linux' || architecture === undefined)
    throw new Error('a .deb is made on Linux, of 64 bits, for the same')
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string
  }
  const output = join(resolve(folder), `matinee_${version}_${architecture}.deb`)
  mkdirSync(resolve(folder), { recursive: true })
  const tree = mkdtempSync(join(tmpdir(), 'matinee-deb-'))
  try {
    await putProgram(join(tree, HOME, 'program'))
    copyFileSync(process.execPath, join(tree, HOME, 'node'))
    put(tree, 'usr/bin/matinee', LAUNCHER)
    put(tree, 'usr/share/applications/matinee.desktop', MENU_ENTRY)
    put(tree, 'usr/share/doc/matinee/copyright', COPYRIGHT)
    copyFileSync(nodeLicence(), join(tree, 'usr/share/doc/matinee/node.LICENSE'))
    const icon = readFileSync(join(ROOT, 'apps/viewer/web/src/style/icon.svg'), 'utf8')
    put(tree, 'usr/share/icons/hicolor/scalable/apps/matinee.svg', icon)
    put(tree, 'DEBIAN/control', controlFile({ version, architecture, tree }))
    openToAll(tree)
    for (const path of ['usr/bin/matinee', `${HOME}/node`]) chmodSync(join(tree, path), 0o755)
    const options = ['--root-owner-group', `-Z${compression}`, '--build', tree, output]
    execFileSync('dpkg-deb', options, { stdio: ['ignore', 'ignore', 'inherit'] })
    return output
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

async function putProgram(to: string): Promise<void> {
  const { parts, links } = await programParts(ROOT)
  for (const { path } of parts) {
    mkdirSync(dirname(join(to, path)), { recursive: true })
    cpSync(join(ROOT, path), join(to, path), { recursive: true, verbatimSymlinks: true })
  }
  for (const { path, target } of links) {
    const place = join(to, path)
    mkdirSync(dirname(place), { recursive: true })
    symlinkSync(relative(dirname(place), join(to, target)), place)
  }
}

function controlFile(parts: {
  readonly version: string
  readonly architecture: string
  readonly tree: string
}): string {
  const { version, architecture, tree } = parts
  const size = execFileSync('du', ['-sk', '--exclude=DEBIAN', tree], { encoding: 'utf8' })
  return `Package: matinee
Version: ${version}
Architecture: ${architecture}
Maintainer: the developers of Matinee <matinee@localhost>
Installed-Size: ${Number.parseInt(size, 10)}
Depends: libc6 (>= 2.28), libstdc++6 (>= 9)
Recommends: xdg-utils
Suggests: ffmpeg
Section: video
Priority: optional
Description: free films and series, streamed from the people who watch them
 Plays films and series that may be passed on, over BitTorrent, from signed catalogues that
 anybody can copy. Each shows why it is free.
`
}

function put(tree: string, path: string, text: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true })
  writeFileSync(join(tree, path), text)
}

/** As files in /usr are: for everybody to read, for the administrator to change. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(place)
    else if (entry.isFile()) chmodSync(place, 0o644)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2)
  if (folder === undefined) {
    console.error('Usage: npm run deb -- FOLDER')
    process.exitCode = 2
  } else console.log(await makeDebianPackage(folder))
}
