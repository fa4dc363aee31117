import { familyOf, pieceType, type FilmOutline, type PieceContainer } from '@matinee/media'
import {
  CustomSource,
  Input,
  MATROSKA,
  MP4,
  QTFF,
  WEBM,
  type InputAudioTrack,
  type InputVideoTrack,
} from 'mediabunny'
import { FilmSubtitleScan, outlineOf } from './film-subtitle-scan.ts'
import { PagedFile, PagedFileError } from './paged-file.ts'
import type { RemuxNews, RemuxOrder } from './remux-message.ts'
import { TrackPump } from './track-pump.ts'

type Open = Extract<RemuxOrder, { kind: 'open' }>

/** What runs: one film, until the worker is ended. */
interface Work {
  readonly input: Input
  readonly pumps: readonly TrackPump[]
  readonly subtitles: FilmSubtitleScan | null
}

let working: Promise<Work | null> = Promise.resolve(null)
let scan: FilmSubtitleScan | null = null

addEventListener('message', ({ data }: MessageEvent<RemuxOrder>) => {
  if (data.kind === 'open') working = open(data).catch(failed)
  else void working.then((work) => (work === null ? undefined : obey(work, data)))
})

function obey({ input, pumps, subtitles }: Work, order: Exclude<RemuxOrder, Open>): void {
  if (order.kind === 'close') {
    input.dispose()
    close()
    return
  }
  if (order.kind === 'until') {
    for (const pump of pumps) pump.until(order.seconds)
    return
  }
  for (const pump of pumps) pump.from(order.seconds, order.run).catch(failed)
  // Subtitles that can't be read leave the film alone.
  subtitles?.from(order.seconds).catch(() => undefined)
}

async function open(order: Open): Promise<Work> {
  const file = new PagedFile(order.url, () => scan?.step())
  const lengthBytes = await file.open()
  const outline = await outlineOf(file)
  const input = new Input({
    // Playlists aren't tried: one would have other addresses opened.
    formats: [MATROSKA, WEBM, MP4, QTFF],
    source: new CustomSource({
      getSize: () => lengthBytes,
      read: async (start, end) => withoutFonts(await file.read(start, end), start, outline),
      handleUnhandledError: failed,
    }),
  })
  try {
    const [picture] = await input.getVideoTracks()
    const sounds = await input.getAudioTracks()
    const sound = order.sound === null ? undefined : sounds[order.sound.track]
    if (picture === undefined || (order.sound !== null && sound === undefined))
      throw new TypeError('the film has other tracks than its index')
    const pumps = [new TrackPump(picture, order.picture, tell)]
    if (sound !== undefined && order.sound !== null)
      pumps.push(new TrackPump(sound, order.sound.container, tell))
    tell({
      kind: 'opened',
      types: {
        picture: await typeOf(picture, order.picture),
        sound:
          sound === undefined || order.sound === null
            ? null
            : await typeOf(sound, order.sound.container),
      },
      durationSeconds: (await input.getDurationFromMetadata()) ?? 0,
    })
    scan = outline === null ? null : FilmSubtitleScan.open(file, outline, tell)
    return { input, pumps, subtitles: scan }
  } catch (error) {
    input.dispose()
    throw error
  }
}

async function typeOf(
  track: InputVideoTrack | InputAudioTrack,
  container: PieceContainer,
): Promise<string> {
  const codec = await track.getCodecParameterString()
  const family = codec === null ? null : familyOf(codec)
  if (codec === null || family === null) throw new TypeError('a codec without a name')
  return pieceType(container, family, codec)
}

/** S4: attached files are made unknown elements, which are passed over: no font comes into anybody's hands. */
function withoutFonts(
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  outline: FilmOutline | null,
): Uint8Array<ArrayBuffer> {
  for (const at of outline?.attachments ?? [])
    for (const [index, byte] of UNKNOWN_ID.entries()) {
      const place = at + index - start
      if (place >= 0 && place < bytes.length) bytes[place] = byte
    }
  return bytes
}

/** Four bytes that are the ID of nothing (RFC 9559 27.1), as long as that of Attachments. */
const UNKNOWN_ID = [0x1a, 0x00, 0x00, 0x01] as const

function tell(news: RemuxNews): void {
  if (news.kind === 'piece') postMessage(news, { transfer: [news.bytes.buffer] })
  else postMessage(news)
}

function failed(error: unknown): null {
  tell({ kind: 'failed', why: error instanceof PagedFileError ? 'network' : 'format' })
  return null
}
