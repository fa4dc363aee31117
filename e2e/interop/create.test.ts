import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createTorrent } from '@matinee/engine/create'
import { SeededRandom } from '@matinee/testkit'
import { findProgram } from '../../tools/programs.ts'

/** libtorrent's create_torrent flags (create_torrent.hpp): v2_only = 1 << 5, v1_only = 1 << 6. */
const FLAGS = { hybrid: 0, v2: 1 << 5, v1: 1 << 6 } as const
const PIECE_LENGTH = 64 * 1024

const root = await mkdtemp(path.join(tmpdir(), 'matinee-create-interop-'))
after(() => rm(root, { recursive: true }))

async function makeFolder(files: Readonly<Record<string, number>>): Promise<string> {
  const folder = path.join(await mkdtemp(path.join(root, 'made-')), 'A film')
  const random = new SeededRandom('create')
  for (const [name, length] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), random.bytes(length))
  }
  return folder
}

const FOLDERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'files of odd lengths': { 'film.webm': 1_000_003, 'subs/de.vtt': 5000, 'subs/en.vtt': 70_001 },
  'files of whole pieces': { a: 4 * PIECE_LENGTH, b: PIECE_LENGTH, c: 16_384 },
  'an odd number of pieces': { a: 5 * PIECE_LENGTH + 1, b: 7 * PIECE_LENGTH - 16_384 },
}

for (const [what, files] of Object.entries(FOLDERS))
  for (const kind of ['v1', 'v2', 'hybrid'] as const)
    test(`libtorrent makes the same ${kind} torrent of ${what}, byte for byte`, async () => {
      const folder = await makeFolder(files)
      const { metainfo } = await createTorrent({
        paths: [folder],
        kind,
        pieceLength: PIECE_LENGTH,
      })
      const script = fileURLToPath(new URL('libtorrent-create.py', import.meta.url))
      const { stdout } = await promisify(execFile)(findProgram('libtorrent'), [
        script,
        folder,
        String(PIECE_LENGTH),
        String(FLAGS[kind]),
        ...metainfo.files.map((file) => file.path.join('/')),
      ])
      const ours = Buffer.from(metainfo.infoBytes).toString('latin1')
      assert.equal(ours, Buffer.from(stdout.trim(), 'hex').toString('latin1'))
    })
