import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuiltRelease, ReleaseOrder } from '../../src/release/release-order.ts'

/** What a release would be, without its torrents: for tests that are about what comes before. */
export async function fakeBuild(order: ReleaseOrder): Promise<BuiltRelease> {
  const film = await readFile(order.films[0]?.path ?? '')
  const hash = createHash('sha256').update(film).digest('hex')
  await mkdir(join(order.folder, 'files'), { recursive: true })
  await writeFile(join(order.folder, 'files', `${order.workId}.mp4`), film)
  return {
    release: {
      kind: 'release',
      id: order.releaseId,
      infoHashes: { v1: hash.slice(0, 40), v2: hash },
      videos: [
        {
          path: `${order.workId}.mp4`,
          length: film.length,
          root: hash,
          container: 'mp4',
          durationSeconds: 600,
          width: 640,
          height: 360,
          codecs: ['avc1.64001f'],
          languages: [...(order.films[0]?.languages ?? [])],
        },
      ],
      subtitles: order.subtitles.map(({ language }, at) => ({
        path: `${order.workId}.${language}.vtt`,
        length: 10 + at,
        root: createHash('sha256').update(language).digest('hex'),
        language,
        format: 'webvtt',
      })),
    },
    durationSeconds: 600,
    pictures: [],
    posterCandidates: [],
    headPack: null,
    notes: [],
  }
}
