import { LIMITS } from '@matinee/base'
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
      const response = await fetch(track.url).catch(() => null)
      if (response === null || !response.ok) throw new SubtitleReadError('lost')
      const bytes = await response.bytes()
      return (await readSubtitles({ bytes, language: track.language, charset: null })).cues
    },
    async readFile(file, charset) {
      return readSubtitles({ bytes: await file.bytes(), language: null, charset })
    },
    faultOf: (error) => (error instanceof SubtitleReadError ? error.code : 'lost'),
  }
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
