import type { Film, PlayRequest } from '#api'
import type { Log } from '@matinee/base'
import { hashesOf, offeredReleases, type Standing, type WorkRecord } from '@matinee/catalogue'
import { networkInterfaces } from 'node:os'
import { episodeToSee } from '../shelf/carry-on.ts'
import type { Shelf } from '../shelf/shelf-store.ts'
import { filmCaptions } from './captions/film-captions.ts'
import { episodesOf } from './episodes.ts'
import { chooseFilm, descriptionsOf, filmChoices, type FilmChoice } from './film-choice.ts'
import { chaptersOf, durationOf, episodeWords } from './film-words.ts'
import type { JudgedWork } from './following/work-safety.ts'
import { ownLanguageName } from './language-name.ts'
import type { FoundWork, ShopWindow } from './shop-window.ts'
import { FilmStream } from './streams/film-stream.ts'
import { FilmProbe } from './streams/film-way.ts'
import { findSeekSheets } from './streams/seek-sheets.ts'
import type { OpenStreams } from './streams/open-streams.ts'
import type { TorrentDesk } from './streams/torrent-desk.ts'
import type { Viewer } from './viewer.ts'
import { titleFor, type WorkTitles } from './work-cards.ts'
import { partsFor } from './work-texts.ts'
import { postcardTerms } from './words/postcard-terms.ts'
import { attributionOf } from './words/rights-words.ts'

/** A film that was found to be playable here, and its stream, begun. */
export interface FoundFilm {
  readonly work: FoundWork
  /** Null = the work is one film. */
  readonly episodeId: string | null
  readonly choice: FilmChoice
  readonly stream: FilmStream
}

/** A film that was given to a player. */
export interface GivenFilm {
  readonly workId: string
  /** Null = nothing follows. */
  readonly nextEpisodeId: string | null
  readonly stream: Pick<FilmStream, 'isRestHere' | 'isClosed'>
  /** Aborted when the stream ends. */
  readonly signal: AbortSignal
}

/** What showing films needs. */
export interface ProjectionRoomParts {
  readonly window: Pick<ShopWindow, 'find'>
  readonly torrents: Pick<TorrentDesk, 'hold' | 'hasCopy' | 'playsAlone' | 'review'>
  readonly streams: OpenStreams
  readonly shelf: Pick<Shelf, 'progressOf'>
  readonly log: Log
}

/** Opens films. What isn't offered where the viewer is never gets this far. */
export class ProjectionRoom {
  readonly #parts: ProjectionRoomParts
  /** Films that are open, with the works whose they are. */
  readonly #open = new Map<FilmStream, JudgedWork>()
  /** By the ids of their streams. */
  readonly #given = new Map<string, Omit<GivenFilm, 'signal'>>()

  constructor(parts: ProjectionRoomParts) {
    this.#parts = parts
  }

  /**
   * Begins to fetch a film, `now` to be played or `ahead` of that. Null = there is no such film, or it isn't offered here.
   * The caller closes the stream.
   */
  async begin(
    workId: string,
    wish: PlayRequest,
    viewer: Viewer,
    when: 'now' | 'ahead',
  ): Promise<FoundFilm | null> {
    const work = await this.#parts.window.find(workId, viewer)
    if (work === null || !mayPlay(work)) return null
    const { record, feedId, safety } = work
    const releases = offeredReleases(record, viewer.territory, viewer.today)
    const episodeId = wish.episodeId ?? (await this.#episodeToSee(workId, record, viewer))
    const choice = chooseFilm(releases, { ...wish, episodeId })
    if (choice === null) return null
    const { torrents } = this.#parts
    // What isn't offered any more plays from the own copy, if there is one (feed-format 14.3).
    if (!work.isOffered && !(await torrents.hasCopy(choice.release))) return null
    const judged = { feedId, workId: record.id, hashes: hashesOf(record) }
    const isAlone = !safety.standing.isSeeded || torrents.playsAlone(choice.release)
    const stream = new FilmStream({
      hold: torrents.hold(choice.release, feedId, {
        work: judged,
        isAlone,
        isAhead: when === 'ahead',
      }),
      choice,
      durationSeconds: durationOf(record, choice),
      hasNetwork: hasNetwork,
    })
    for (const [open] of this.#open) if (open.isClosed) this.#open.delete(open)
    this.#open.set(stream, judged)
    return { work, episodeId, choice, stream }
  }

  /** Decisions about works have changed: what is blocked stops playing, also where it plays just now. */
  async review(standingOf: (work: JudgedWork) => Standing): Promise<void> {
    for (const [stream, work] of this.#open)
      if (!stream.isClosed && !standingOf(work).isPlayed) await stream.withdraw()
    await this.#parts.torrents.review(standingOf)
  }

  /** Ends every film that plays from here. */
  async closeAll(): Promise<void> {
    for (const streamId of this.#given.keys()) await this.#parts.streams.close(streamId)
    this.#given.clear()
  }

  /** Of a series the episode to go on with; when all are watched, the first one. Null = the work is one film. */
  async #episodeToSee(workId: string, record: WorkRecord, viewer: Viewer): Promise<string | null> {
    const episodes = episodesOf(record, viewer)
    if (episodes.length === 0) return null
    const next = episodeToSee(episodes, await this.#parts.shelf.progressOf([workId]))
    return (next?.episode ?? episodes[0])?.id ?? null
  }

  /** Where the viewer left it; null = at its beginning. */
  async resumeSeconds(workId: string, episodeId: string | null): Promise<number | null> {
    const places = await this.#parts.shelf.progressOf([workId])
    const place = places.find((one) => one.episodeId === episodeId)
    return place !== undefined && place.seconds > 0 ? place.seconds : null
  }

  /** A film that is open for a player, by the id of its stream; null = it isn't, or isn't one of this house. */
  given(streamId: string): GivenFilm | null {
    const film = this.#given.get(streamId)
    const signal = this.#parts.streams.opened(streamId)?.signal
    return film === undefined || signal === undefined ? null : { ...film, signal }
  }

  /** Opens a film for a player. Null as for {@link begin}; `busy` when too many are open. */
  async play(workId: string, wish: PlayRequest, viewer: Viewer): Promise<Film | 'busy' | null> {
    const { streams, log } = this.#parts
    if (!(await streams.hasRoom())) return 'busy'
    const found = await this.begin(workId, wish, viewer, 'now')
    if (found === null) return null
    const { work, episodeId, choice, stream } = found
    const { record } = work
    stream.keep()
    const captions = filmCaptions(stream, choice, log)
    const { film } = stream
    const described = descriptionsOf(choice)
    const { streamId, mediaUrl, captionUrls, soundUrls } = streams.open({
      film,
      probe: new FilmProbe(film, hasOtherRelease(found, viewer)),
      captions: captions.files,
      sounds: described.map((sound) => stream.mediaFile(sound)),
      pictures: (signal) => findSeekSheets(stream, choice.video.episode ?? null, log, signal),
      status: () => stream.status(),
      statistics: () => stream.statistics(),
      close: () => stream.close(),
    })
    const { title } = titleFor(titlesOf(record), viewer)
    const words = episodeWords(record, episodeId, viewer)
    for (const [id, given] of this.#given) if (given.stream.isClosed) this.#given.delete(id)
    this.#given.set(streamId, { workId, nextEpisodeId: words.next?.episodeId ?? null, stream })
    return {
      streamId,
      workId,
      episodeId,
      releaseId: choice.release.id,
      title,
      ...words,
      durationSeconds: durationOf(record, choice),
      mediaUrl,
      plays: choice.plays,
      captions: captions.listed(captionUrls),
      descriptions: described.map(({ language }, at) => ({
        language,
        label: ownLanguageName(language),
        url: soundUrls[at] ?? '',
      })),
      chapters: partsFor(chaptersOf(record, episodeId), viewer),
      resumeSeconds: await this.resumeSeconds(workId, episodeId),
      attribution: attributionOf(record, viewer, title, choice.release),
      postcard: postcardTerms(record, viewer, title, choice.release),
    }
  }
}

/** What is offered plays; what was withdrawn may play from the own copy, as the decision says. */
function mayPlay({ isOffered, safety }: FoundWork): boolean {
  const { standing } = safety
  return isOffered || (!standing.isOffered && standing.isPlayed)
}

/** Whether another release of the same film is one that browsers play. */
function hasOtherRelease({ work, episodeId, choice }: FoundFilm, viewer: Viewer): boolean {
  const releases = offeredReleases(work.record, viewer.territory, viewer.today)
  return filmChoices(releases, episodeId).some(
    ({ plays, release }) => plays && release.id !== choice.release.id,
  )
}

function titlesOf({ title, translations }: WorkRecord): WorkTitles {
  const titles = Object.entries(translations).flatMap(([tag, words]): [string, string][] =>
    words.title === undefined ? [] : [[tag, words.title]],
  )
  return { title, titles: Object.fromEntries(titles) }
}

/** Whether this computer has an address besides its own. */
export function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ internal }) => !internal),
  )
}
