import { Ear } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react'
import { Button } from '../design/button.tsx'
import { SearchField } from '../design/search-field.tsx'
import { useText } from '../i18n/text.tsx'
import type { PlayerAct, PlayerState } from './player-state.ts'
import type { SubtitleState } from './subtitle-desk.ts'
import { cueTime, filmTime } from './subtitle-timing.ts'
import { timeText } from './time-text.ts'
import { lineAt, linesWith, transcriptOf } from './transcript.ts'
import './transcript.css'

/** All that is said: searched, jumped to, and put in step by pointing at what is heard. */
export function TranscriptPanel({
  state,
  subtitles,
  video,
  act,
}: {
  readonly state: PlayerState
  readonly subtitles: SubtitleState
  readonly video: RefObject<HTMLVideoElement | null>
  readonly act: (act: PlayerAct) => void
}): ReactNode {
  const { say } = useText()
  const { line, timing, tracks, chosenId } = subtitles
  const [search, setSearch] = useState('')
  const [isListening, setIsListening] = useState(false)
  const all = useMemo(() => transcriptOf(line?.cues ?? []), [line])
  const found = useMemo(() => linesWith(all, search), [all, search])
  const now = lineAt(found, cueTime(timing, state.positionSeconds))
  const list = useScrolledTo(now, search === '')
  if (line === null) return <p>{say('transcript.none')}</p>
  const onLine = (cueSeconds: number): void => {
    if (!isListening) return act({ kind: 'seek-to', seconds: filmTime(timing, cueSeconds) })
    // The state's position is up to a quarter of a second old.
    const filmSeconds = video.current?.currentTime ?? state.positionSeconds
    act({ kind: 'heard', heard: { cueSeconds, filmSeconds } })
    setIsListening(false)
  }
  return (
    <>
      <div className="transcript-tools">
        <SearchField
          value={search}
          onChange={setSearch}
          label={say('transcript.search')}
          placeholder={say('transcript.search')}
        />
        <Button
          size="small"
          icon={Ear}
          aria-pressed={isListening}
          onClick={() => setIsListening(!isListening)}
        >
          {say('transcript.in-step')}
        </Button>
        <p role="status">
          {isListening
            ? say('transcript.which')
            : search === ''
              ? say('transcript.hint')
              : say('transcript.found', { count: found.length })}
        </p>
      </div>
      <ol
        className="panel-list transcript"
        ref={list}
        lang={tracks.find(({ id }) => id === chosenId)?.language ?? undefined}
      >
        {found.map(({ index, startSeconds, text }, place) => (
          <li key={index}>
            <button
              type="button"
              className="panel-line"
              aria-current={place === now}
              onClick={() => onLine(startSeconds)}
            >
              <span className="panel-time">
                {timeText(Math.max(0, filmTime(timing, startSeconds)))}
              </span>
              <span dir="auto">{text}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  )
}

/** Keeps the line that is said in sight, unless the viewer looks for another one. */
function useScrolledTo(place: number, isFollowing: boolean): RefObject<HTMLOListElement | null> {
  const list = useRef<HTMLOListElement | null>(null)
  useEffect(() => {
    if (!isFollowing || place < 0) return
    const hasFocus = list.current?.contains(document.activeElement) ?? false
    if (!hasFocus) list.current?.children[place]?.scrollIntoView({ block: 'nearest' })
  }, [place, isFollowing])
  return list
}
