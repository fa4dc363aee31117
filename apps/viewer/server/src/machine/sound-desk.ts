import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { Readable } from 'node:stream'

/** Sounds that are made at once, for all films together. */
const MAX_SOUNDS = 4

/** What ffmpeg may take apart, and what it may decode: containers of films, and sound alone (S4). */
const CONTAINERS = 'matroska,webm,mov,mp4,m4a,3gp,3g2,mj2'
const DECODERS =
  'aac,ac3,ac3_fixed,alac,dca,eac3,flac,libopus,mlp,mp1,mp1float,mp2,mp2float,mp3,mp3float,opus,pcm_f32le,pcm_s16be,pcm_s16le,pcm_s24be,pcm_s24le,pcm_s32le,pcm_u8,truehd,vorbis,wavpack,wmapro'

/** What is the same for every film: ffmpeg asks nobody but us, and no picture is decoded. */
const BEFORE = `-nostdin -hide_banner -loglevel error -max_alloc 268435456 -protocol_whitelist http,tcp -format_whitelist ${CONTAINERS} -codec_whitelist ${DECODERS} -threads 1 -vn -sn -dn`
const AFTER = '-map_metadata -1 -map_chapters -1 -ac 2'
const CODECS = { aac: '-c:a aac -b:a 192k', opus: '-c:a libopus -b:a 160k' } as const
const PIECES = '-f mp4 -movflags empty_moov+default_base_moof -frag_duration 500000 pipe:1'

/** What a sound is made into. */
export const SOUND_TYPES = {
  aac: 'audio/mp4; codecs="mp4a.40.2"',
  opus: 'audio/mp4; codecs="opus"',
} as const
export type MadeSound = keyof typeof SOUND_TYPES

/** Which sound, from where, as what. */
export interface SoundOrder {
  /** Of this server: `http://127.0.0.1:…/media/<token>/0`. */
  readonly mediaUrl: string
  /** Among the film's sounds, from 0. */
  readonly track: number
  readonly fromSeconds: number
  readonly made: MadeSound
}

type Maker = ChildProcessByStdio<null, Readable, null>

/** Has ffmpeg make sound that browsers play. One at a time for a film, killed with the film or when nobody listens. */
export class SoundDesk {
  readonly #makers = new Map<string, Maker>()

  /** Stereo in fragments of MP4 whose time begins at `fromSeconds`. Null when too many are made, or the film has ended. */
  make(
    streamId: string,
    ffmpeg: string,
    order: SoundOrder,
    signal: AbortSignal,
  ): ReadableStream<Uint8Array> | null {
    this.#end(streamId)
    if (signal.aborted || this.#makers.size >= MAX_SOUNDS) return null
    const maker = spawn(ffmpeg, soundArguments(order), { stdio: ['ignore', 'pipe', 'ignore'] })
    this.#makers.set(streamId, maker)
    const kill = (): void => void maker.kill('SIGKILL')
    signal.addEventListener('abort', kill, { once: true })
    maker.once('spawn', () => yieldToPlayer(maker.pid))
    // Without this the process would end with it; the answer's end tells the page.
    maker.once('error', (error) => maker.stdout.destroy(error))
    maker.once('close', () => {
      signal.removeEventListener('abort', kill)
      if (this.#makers.get(streamId) === maker) this.#makers.delete(streamId)
    })
    // Whoever stops listening ends it: a destroyed pipe alone would leave it waiting for one more write.
    maker.stdout.once('close', kill)
    return Readable.toWeb(maker.stdout) as ReadableStream<Uint8Array>
  }

  #end(streamId: string): void {
    this.#makers.get(streamId)?.kill('SIGKILL')
    this.#makers.delete(streamId)
  }
}

/** An argument list, never a shell: of what comes from outside it holds numbers, and an address of our own. */
export function soundArguments({ mediaUrl, track, fromSeconds, made }: SoundOrder): string[] {
  const input = ['-ss', fromSeconds.toFixed(3), '-i', mediaUrl, '-map', `0:a:${track}`]
  return [...BEFORE.split(' '), ...input, ...`${AFTER} ${CODECS[made]} ${PIECES}`.split(' ')]
}

/** The picture goes first where there are few processors. */
function yieldToPlayer(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It ended already, or the system doesn't let us.
  }
}
