import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeFilm } from '@matinee/testkit'

const run = promisify(execFile)

/** The same twenty seconds of film in every way that people write containers. Paths by what is special. */
export async function makeVariants(folder: string): Promise<Readonly<Record<string, string>>> {
  const film = { folder, durationSeconds: 20, width: 160, height: 120 }
  const front = await makeFilm({ ...film, name: 'front.mp4' })
  const webm = await makeFilm({ ...film, name: 'cues-behind.webm' })
  const copy = async (from: string, name: string, ...options: string[]): Promise<string> => {
    const path = join(folder, name)
    await run('ffmpeg', ['-loglevel', 'error', '-i', from, '-c', 'copy', ...options, path])
    return path
  }
  const fragments = 'frag_keyframe+empty_moov+default_base_moof'
  return {
    'MP4 with its index first': front,
    'MP4 with its index last': await copy(front, 'last.mp4'),
    'fragmented MP4 with one sidx': await copy(
      front,
      'sidx.mp4',
      '-movflags',
      `${fragments}+global_sidx`,
    ),
    'fragmented MP4 with mfra': await copy(front, 'mfra.mp4', '-movflags', fragments),
    'MKV with cues behind': await copy(front, 'behind.mkv'),
    'MKV with cues in front': await copy(front, 'front.mkv', '-cues_to_front', '1'),
    'WebM with cues behind': webm,
    'WebM with cues in front': await copy(webm, 'front.webm', '-cues_to_front', '1'),
  }
}

/** A key frame as ffprobe sees it: moment, and where its bytes begin. */
export interface SeenKeyFrame {
  readonly seconds: number
  readonly offset: number
}

/** The key frames of a film's picture by other people's program. */
export async function keyFramesOf(path: string): Promise<readonly SeenKeyFrame[]> {
  const fields = ['-show_entries', 'packet=pts_time,pos,flags', '-of', 'json']
  const { stdout } = await run('ffprobe', [
    '-loglevel',
    'error',
    '-select_streams',
    'v',
    ...fields,
    path,
  ])
  const { packets } = JSON.parse(stdout) as {
    packets: { pts_time: string; pos: string; flags: string }[]
  }
  return packets
    .filter(({ flags }) => flags.startsWith('K'))
    .map((packet) => ({ seconds: Number(packet.pts_time), offset: Number(packet.pos) }))
}
