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

interface Case {
  readonly what: string
  readonly files: Readonly<Record<string, number>>
  readonly kinds: readonly (keyof typeof FLAGS)[]
}

const CASES: readonly Case[] = [
  // libtorrent 2.0.8 pads behind the last file of a hybrid too, which BEP 47 doesn't ask for.
  {
    what: 'files of odd lengths',
    files: { 'film.webm': 1_000_003, 'subs/de.vtt': 5000, 'subs/en.vtt': 70_001 },
    kinds: ['v1', 'v2'],
  },
  {
    what: 'files of whole pieces',
    files: { a: 4 * PIECE_LENGTH, b: PIECE_LENGTH, c: 16_384 },
    kinds: ['v1', 'v2'],
  },
  {
    what: 'files that end with a whole one',
    files: { 'a.vtt': 5, 'b.webm': 1_000_003, 'sub/c.bin': 3 * PIECE_LENGTH },
    kinds: ['v1', 'v2', 'hybrid'],
  },
  {
    what: 'an odd number of pieces',
    files: { a: 5 * PIECE_LENGTH + 1, b: 7 * PIECE_LENGTH },
    kinds: ['v1', 'v2', 'hybrid'],
  },
]

for (const { what, files, kinds } of CASES)
  for (const kind of kinds)
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
