import { LIMITS } from '@matinee/base'
import { parseDrawing } from '@matinee/media'
import type { Film } from '#api'
import type { SubtitleFile, SubtitleSource, SubtitleTrack } from './subtitle-track.ts'
import { SubtitleReadError, readSubtitles } from './subtitle-reader.ts'

/** The tracks that a release has. A track's id is its place in the list, so that it's the same when opened anew. */
export function releaseTracks(captions: Film['captions']): readonly SubtitleTrack[] {
  return captions.map(({ language, label, forced }, index) => ({
    id: `release ${index}`,
    label,
    language,
    isForced: forced,
    charset: null,
  }))
}

/** @param captions those of the film as it was opened last */
export function subtitleSource(captions: () => Film['captions']): SubtitleSource {
  return {
    async read(trackId) {
      const track = captions()[Number(trackId.split(' ', 2)[1])]
      if (track === undefined) throw new SubtitleReadError('lost')
      const [bytes, script] = await Promise.all([
        bytesAt(track.url),
        track.scriptUrl === null ? null : bytesAt(track.scriptUrl),
      ])
      if (bytes === null) throw new SubtitleReadError('lost')
      const { cues } = await readSubtitles({ bytes, language: track.language, charset: null })
      const drawing = script === null ? null : parseDrawing(new TextDecoder().decode(script))
      return { cues, drawing }
    },
    async readFile(file, charset) {
      return readSubtitles({ bytes: await file.bytes(), language: null, charset })
    },
    faultOf: (error) => (error instanceof SubtitleReadError ? error.code : 'lost'),
  }
}

/** Null = it didn't arrive. */
async function bytesAt(url: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const response = await fetch(url).catch(() => null)
  return response?.ok ? response.bytes() : null
}

/** A file that was chosen or dropped. Never more of it than one byte over the cap comes into memory. */
export function fileOf(file: File): SubtitleFile {
  return {
    name: file.name,
    async bytes() {
      const head = file.slice(0, LIMITS.subtitleBytes + 1)
      return new Uint8Array(await head.arrayBuffer())
    },
  }
}
