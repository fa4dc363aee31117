import type { Film, RemoteCommand, RemoteState } from '#api'
import type { Playback, PlayerAct, PlayerState } from '../player-state.ts'
import type { SubtitleState } from '../subtitle-desk.ts'

const PHASES: Readonly<Record<Playback['kind'], RemoteState['phase']>> = {
  opening: 'opening',
  playing: 'playing',
  paused: 'paused',
  stalled: 'waiting',
  ended: 'ended',
  broken: 'failed',
}

/** What a phone is shown of a player; null before the film is known. */
export function remoteStateOf(
  film: Film | null,
  state: PlayerState,
  subtitles: Pick<SubtitleState, 'tracks' | 'chosenId'>,
): RemoteState | null {
  if (film === null) return null
  const known = (seconds: number): number => (Number.isFinite(seconds) ? Math.max(0, seconds) : 0)
  const length = state.durationSeconds === 0 ? film.durationSeconds : state.durationSeconds
  return {
    title: film.title.slice(0, 500),
    subtitle: (film.subtitle ?? '').slice(0, 500),
    phase: PHASES[state.playback.kind],
    wantsToPlay: state.wantsToPlay,
    positionSeconds: known(state.positionSeconds),
    durationSeconds: known(length ?? 0),
    volume: state.volume,
    isMuted: state.isMuted,
    rate: state.rate,
    hasSubtitles: subtitles.tracks.length > 0,
    areSubtitlesShown: subtitles.chosenId !== null,
    hasNext: film.next !== null,
  }
}

/** What a phone's command is to the player as it is now; null = it's so already, or can't be. */
export function actOfCommand(command: RemoteCommand, now: RemoteState): PlayerAct | null {
  switch (command.kind) {
    case 'mute':
      return command.isMuted === (now.isMuted || now.volume === 0) ? null : { kind: 'toggle-mute' }
    case 'subtitles':
      return command.areShown === now.areSubtitlesShown || !now.hasSubtitles
        ? null
        : { kind: 'toggle-subtitles' }
    case 'next-episode':
      return now.hasNext ? { kind: 'next-episode' } : null
    case 'play':
    case 'pause':
    case 'seek-by':
    case 'seek-to-fraction':
    case 'volume-to':
    case 'rate-to':
      return command
  }
}
