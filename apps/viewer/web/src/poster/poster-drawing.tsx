import { useMemo, type ReactNode } from 'react'
import type { Inks } from './inks.ts'
import { useText } from '../i18n/text.tsx'
import { spacingOf } from './poster-measure.ts'
import { SHEET, WIDE, type Layer, type Line, type Shape } from './poster-plan.ts'
import { planPoster } from './poster-planner.ts'
import type { PosterRecord } from './poster-record.ts'

/** A poster, or its art without words, as flat shapes and text in a drawing that scales. */
export function PosterDrawing({
  record,
  mode,
  inks,
}: {
  readonly record: PosterRecord
  readonly mode: 'poster' | 'art'
  readonly inks: Inks
}): ReactNode {
  const { say } = useText()
  const [first] = record.makers
  const others =
    first === undefined || record.makers.length < 2
      ? null
      : say('poster.and-others', { name: first, count: record.makers.length - 1 })
  const plan = useMemo(() => {
    const makersWays = [record.makers.join(', '), ...(others === null ? [] : [others])]
    return planPoster({ record, inks, mode, makersWays })
  }, [record, inks, mode, others])
  const { width, height } = mode === 'poster' ? SHEET : WIDE
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      data-layout={plan.layout}
    >
      {/* Art stands beside a panel of ground, so it stands on second itself. */}
      <rect width={width} height={height} fill={mode === 'poster' ? inks.ground : inks.second} />
      {plan.layers.map((layer, at) => (
        // A plan's layers never change their order.
        // oxlint-disable-next-line react/no-array-index-key
        <Turned key={at} layer={layer} colours={inks} x={width / 2} y={height / 2} />
      ))}
    </svg>
  )
}

function Turned({
  layer,
  colours,
  x,
  y,
}: {
  readonly layer: Layer
  readonly colours: Inks
  readonly x: number
  readonly y: number
}): ReactNode {
  const { turnDegrees, shapes, lines } = layer
  return (
    <g transform={turnDegrees === 0 ? undefined : `rotate(${turnDegrees} ${x} ${y})`}>
      {shapes.map((shape, at) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Flat key={at} shape={shape} colour={colours[shape.ink]} />
      ))}
      {lines.map((line, at) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Words key={at} line={line} colour={colours[line.ink]} />
      ))}
    </g>
  )
}

function Flat({ shape, colour }: { readonly shape: Shape; readonly colour: string }): ReactNode {
  if (shape.kind === 'path') return <path d={shape.d} fill={colour} />
  const { x, y, r, width } = shape
  return width === undefined ? (
    <circle cx={x} cy={y} r={r} fill={colour} />
  ) : (
    <circle cx={x} cy={y} r={r} fill="none" stroke={colour} strokeWidth={width} />
  )
}

function Words({ line, colour }: { readonly line: Line; readonly colour: string }): ReactNode {
  const { text, x, y, size, face, width = 100, anchor = 'start', room } = line
  const spacing = spacingOf(face) * size
  return (
    <text
      className={`poster-face-${face}${line.isFoot === true ? ' poster-foot' : ''}`}
      data-room={line.isPicture === true ? undefined : room}
      ref={face === 'script' ? (element) => shrink(element, size, room) : undefined}
      x={x}
      y={y}
      fontSize={size}
      fontStretch={`${width}%`}
      letterSpacing={spacing === 0 ? undefined : spacing}
      textAnchor={anchor}
      fill={colour}
      {...(line.isStretched === true
        ? { textLength: room, lengthAdjust: 'spacingAndGlyphs' as const }
        : {})}
    >
      {text}
    </text>
  )
}

/** The system's face could only be guessed: what is wider than its room is set smaller. */
function shrink(element: SVGTextElement | null, size: number, room: number): void {
  const length = element?.getComputedTextLength() ?? 0
  if (length > room) element?.setAttribute('font-size', String((size * room) / length))
}
