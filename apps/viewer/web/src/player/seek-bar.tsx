import { useMemo, useRef, useState, type PointerEvent, type ReactNode } from 'react'
import type { Film, Part, StreamStatus } from '#api'
import { useText } from '../i18n/text.tsx'
import type { PlayerCore } from './player-core.ts'
import type { PlayerState, TimeSpan } from './player-state.ts'
import { SeekPreview } from './seek-preview.tsx'
import { coveredPart, filledFraction, segmentAt, timeSegments } from './time-line.ts'
import { timeText } from './time-text.ts'

/** Behind this part of the time line what is pointed at would lie on the legend. */
const LEGEND_FROM = 0.7

/**
 * The time line: chapters as segments, and three layers that never depend on shade alone: what was seen,
 * what is ready to play, and below them what is on this disk.
 */
export function SeekBar({
  core,
  state,
  chapters,
  length,
  onDisk,
  film,
}: {
  readonly core: PlayerCore
  readonly state: PlayerState
  readonly chapters: readonly Part[]
  /** Seconds; 0 = nobody knows yet. */
  readonly length: number
  readonly onDisk: StreamStatus['onDisk']
  /** Null = it isn't open yet. */
  readonly film: Pick<Film, 'streamId' | 'mediaUrl'> | null
}): ReactNode {
  const { say } = useText()
  const bar = useRef<HTMLDivElement | null>(null)
  const [pointed, setPointed] = useState<number | null>(null)
  const [isDragging, setIsDragging] = useState(false)
  const starts = useMemo(() => chapters.map(({ startSeconds }) => startSeconds), [chapters])
  const segments = useMemo(() => timeSegments(starts, length), [starts, length])
  const position = isDragging && pointed !== null ? pointed : state.positionSeconds
  const chapterAt = (seconds: number): string | null =>
    chapters[segmentAt(segments, seconds)?.chapter ?? -1]?.title ?? null
  const secondsAt = (event: PointerEvent): number => {
    const box = bar.current?.getBoundingClientRect()
    if (box === undefined || box.width === 0) return 0
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * length
  }
  const pointedText =
    pointed === null
      ? ''
      : [timeText(pointed), chapterAt(pointed)].filter((part) => part !== null).join(', ')
  const chapter = chapterAt(position)
  const times = { position: timeText(position), length: timeText(length) }
  return (
    <div
      ref={bar}
      className="seek-bar"
      role="slider"
      tabIndex={0}
      data-focus="time-line"
      data-dragging={isDragging}
      data-pointed={pointed !== null && pointed > LEGEND_FROM * length ? 'late' : undefined}
      aria-label={say('player.time-line')}
      aria-valuemin={0}
      aria-valuemax={Math.round(length)}
      aria-valuenow={Math.round(position)}
      aria-valuetext={
        chapter === null
          ? say('player.time', times)
          : say('player.time-chapter', { ...times, chapter })
      }
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setIsDragging(true)
        setPointed(secondsAt(event))
      }}
      onPointerMove={(event) => setPointed(secondsAt(event))}
      onPointerUp={(event) => {
        if (isDragging) core.act({ kind: 'seek-to', seconds: secondsAt(event) })
        setIsDragging(false)
      }}
      onPointerCancel={() => setIsDragging(false)}
      onPointerLeave={() => setPointed(null)}
    >
      {segments.map((segment) => (
        <Segment
          key={segment.start}
          segment={segment}
          length={length}
          position={position}
          ready={state.ready}
          onDisk={onDisk}
        />
      ))}
      <span className="seek-handle" style={{ left: percent(position / Math.max(length, 0.001)) }} />
      <SeekPreview film={film} seconds={pointed} length={length} text={pointedText} />
      <span className="seek-legend" aria-hidden="true">
        <span className="legend-seen">{say('player.seen')}</span>
        <span className="legend-ready">{say('player.ready')}</span>
        <span className="legend-disk">{say('player.on-disk')}</span>
      </span>
    </div>
  )
}

function Segment({
  segment,
  length,
  position,
  ready,
  onDisk,
}: {
  readonly segment: TimeSpan
  readonly length: number
  readonly position: number
  readonly ready: readonly TimeSpan[]
  readonly onDisk: StreamStatus['onDisk']
}): ReactNode {
  // Bytes aren't seconds, but over a whole film they come close.
  const kept = onDisk.map(({ start, end }) => ({ start: start * length, end: end * length }))
  return (
    <span className="seek-segment" style={{ flexGrow: segment.end - segment.start }}>
      <span className="seek-track">
        {covered(segment, ready).map((part) => (
          <span key={part.start} className="seek-ready" style={placed(part)} />
        ))}
        <span className="seek-seen" style={{ width: percent(filledFraction(segment, position)) }} />
      </span>
      <span className="seek-disk">
        {covered(segment, kept).map((part) => (
          <span key={part.start} className="seek-kept" style={placed(part)} />
        ))}
      </span>
    </span>
  )
}

function covered(segment: TimeSpan, spans: readonly TimeSpan[]): readonly TimeSpan[] {
  return spans.flatMap((span) => coveredPart(segment, span) ?? [])
}

function placed({ start, end }: TimeSpan): { readonly left: string; readonly width: string } {
  return { left: percent(start), width: percent(end - start) }
}

function percent(fraction: number): string {
  return `${fraction * 100}%`
}
