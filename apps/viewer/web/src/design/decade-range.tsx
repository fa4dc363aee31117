import type { ReactNode } from 'react'
import { useText } from '../i18n/text.tsx'
import './decade-range.css'

/** Years, both included: decades are chosen whole. */
export interface YearRange {
  readonly from: number
  readonly to: number
}

/** Properties of {@link DecadeRange}. */
export interface DecadeRangeProps {
  readonly label: string
  /** The first year of the first bar, a round ten: 1900. */
  readonly firstDecade: number
  /** Works in each decade, one bar each: thirteen to the 2020s. */
  readonly counts: readonly number[]
  /** Null: no years are chosen, all are. */
  readonly value: YearRange | null
  readonly onChange: (value: YearRange | null) => void
}

/** From which decade to which: bars with two handles, which arrow keys move by a decade. */
export function DecadeRange({
  label,
  firstDecade,
  counts,
  value,
  onChange,
}: DecadeRangeProps): ReactNode {
  const { say } = useText()
  const last = counts.length - 1
  const from = value === null ? 0 : clamp(Math.floor((value.from - firstDecade) / 10), last)
  const to = value === null ? last : clamp(Math.floor((value.to - firstDecade) / 10), last)
  const most = Math.max(1, ...counts)
  const yearOf = (decade: number): number => firstDecade + decade * 10
  const change = (first: number, second: number): void =>
    onChange(
      first === 0 && second === last ? null : { from: yearOf(first), to: yearOf(second) + 9 },
    )
  return (
    <fieldset className="decades">
      <legend>{label}</legend>
      <div className="decade-bars" aria-hidden="true">
        {counts.map((count, decade) => (
          <span
            key={yearOf(decade)}
            className={decade >= from && decade <= to ? 'decade-bar chosen' : 'decade-bar'}
            style={{ blockSize: `${count === 0 ? 3 : 10 + (count / most) * 90}%` }}
          />
        ))}
      </div>
      <div className="decade-track">
        <span
          className="decade-span"
          style={{
            insetInlineStart: `${(from / counts.length) * 100}%`,
            insetInlineEnd: `${((last - to) / counts.length) * 100}%`,
          }}
        />
        <input
          type="range"
          aria-label={say('design.decade-from')}
          aria-valuetext={String(yearOf(from))}
          min={0}
          max={last}
          value={from}
          onChange={(event) => change(Math.min(event.target.valueAsNumber, to), to)}
        />
        <input
          type="range"
          aria-label={say('design.decade-to')}
          aria-valuetext={String(yearOf(to) + 9)}
          min={0}
          max={last}
          value={to}
          onChange={(event) => change(from, Math.max(event.target.valueAsNumber, from))}
        />
      </div>
      <div className="decade-ends" aria-hidden="true">
        <span>{yearOf(from)}</span>
        <span>{yearOf(to) + 9}</span>
      </div>
    </fieldset>
  )
}

function clamp(decade: number, last: number): number {
  return Math.min(last, Math.max(0, decade))
}
