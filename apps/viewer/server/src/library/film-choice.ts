import type {
  LegacyAudio,
  LegacySubtitles,
  LegacyVideo,
  Release,
  ReleaseAudio,
  ReleaseSubtitles,
  ReleaseVideo,
} from '@matinee/catalogue'

/** The video file of a film or an episode in one release. */
export interface FilmChoice {
  readonly release: Release
  readonly video: ReleaseVideo | LegacyVideo
  /** Whether browsers play such a file, as far as the record says what it is. */
  readonly plays: boolean
}

/** What is to be played; null = whatever fits best. */
export interface FilmWish {
  /** Null = the work is one film. */
  readonly episodeId: string | null
  readonly releaseId: string | null
}

/** Codecs (RFC 6381) that browsers decode without help of the machine. */
const PLAYING_CODECS =
  /^(?:avc1|avc3|vp8|vp08|vp9|vp09|av01|mp4a\.(?:40|6[Bb]|69)|opus|vorbis|flac|mp3)(?:\.|$)/iu
const PLAYING_CONTAINERS: readonly string[] = ['mp4', 'webm']
const PLAYING_NAMES = /\.(?:mp4|m4v|webm)$/iu

/** The best video of a film or an episode in each of these releases; in the record's order. */
export function filmChoices(releases: readonly Release[], episodeId: string | null): FilmChoice[] {
  return releases.flatMap((release) => {
    const best = videosOf(release, episodeId)
      .map((video) => ({ release, video, plays: playsInBrowser(video) }))
      .toSorted(byFitness)[0]
    return best === undefined ? [] : [best]
  })
}

/**
 * What is played for a wish, of the releases that are offered: a file that a browser plays, the highest picture of those.
 * A release that was asked for by name is taken even when no browser is known to play it. Null = there is no such film.
 */
export function chooseFilm(releases: readonly Release[], wish: FilmWish): FilmChoice | null {
  const named = releases.filter(({ id }) => wish.releaseId === null || id === wish.releaseId)
  return filmChoices(named, wish.episodeId).toSorted(byFitness)[0] ?? null
}

/** The subtitles that belong to a video: of the same episode. */
export function subtitlesOf({
  release,
  video,
}: FilmChoice): readonly (ReleaseSubtitles | LegacySubtitles)[] {
  const all: readonly (ReleaseSubtitles | LegacySubtitles)[] = release.subtitles
  return all.filter(({ episode }) => episode === video.episode)
}

/** The audio description that belongs to a video: sound that is played in the place of its own. */
export function descriptionsOf({
  release,
  video,
}: FilmChoice): readonly (ReleaseAudio | LegacyAudio)[] {
  const all: readonly (ReleaseAudio | LegacyAudio)[] = release.audios
  return all.filter(({ use, episode }) => use === 'description' && episode === video.episode)
}

function videosOf(
  release: Release,
  episodeId: string | null,
): readonly (ReleaseVideo | LegacyVideo)[] {
  const all: readonly (ReleaseVideo | LegacyVideo)[] = release.videos
  return all.filter(({ episode }) => (episode ?? null) === episodeId)
}

function playsInBrowser({ container, codecs, path }: ReleaseVideo | LegacyVideo): boolean {
  const isContainer =
    container === undefined ? PLAYING_NAMES.test(path) : PLAYING_CONTAINERS.includes(container)
  return isContainer && codecs.every((codec) => PLAYING_CODECS.test(codec))
}

function byFitness(a: FilmChoice, b: FilmChoice): number {
  return (
    Number(b.plays) - Number(a.plays) ||
    (b.video.height ?? 0) - (a.video.height ?? 0) ||
    // A pinned file before one that is checked less strictly.
    Number(b.release.kind === 'release') - Number(a.release.kind === 'release')
  )
}
