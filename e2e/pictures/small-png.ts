import { spawnSync } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { findProgram } from '../../tools/programs.ts'

/** Writes a picture for a document: in 256 colours of its own. Needs ffmpeg; throws when it fails. */
export async function writeSmallPng(path: string, png: Uint8Array): Promise<void> {
  const raw = `${path}.raw`
  await writeFile(raw, png)
  const filter = 'split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=bayer:bayer_scale=4'
  const { status, stderr } = spawnSync(
    findProgram('ffmpeg'),
    [
      '-y',
      '-v',
      'error',
      '-f',
      'png_pipe',
      '-i',
      raw,
      '-lavfi',
      filter,
      '-f',
      'image2',
      '-c:v',
      'png',
      '-compression_level',
      '9',
      '-pred',
      'none',
      path,
    ],
    { encoding: 'utf8' },
  )
  await rm(raw, { force: true })
  if (status !== 0) throw new Error(`ffmpeg made no picture: ${stderr}`)
}
