import type { ReactNode } from 'react'
import './slider.css'

/** Properties of {@link Slider}. */
export interface SliderProps {
  readonly label: string
  readonly isLabelHidden?: boolean
  readonly value: number
  readonly min: number
  readonly max: number
  /** Default: 1. */
  readonly step?: number
  readonly onChange: (value: number) => void
  /** The value in words, shown at the end and read aloud. */
  readonly valueText?: string
}

/** A value on a line. Arrow keys step, Page keys leap, Home and End go to the ends. */
export function Slider({
  label,
  isLabelHidden = false,
  value,
  min,
  max,
  step = 1,
  onChange,
  valueText,
}: SliderProps): ReactNode {
  return (
    <label className="slider">
      <span className={isLabelHidden ? 'for-readers' : 'slider-label'}>
        <span>{label}</span> {valueText === undefined ? null : <output>{valueText}</output>}
      </span>
      <input
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={valueText}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </label>
  )
}
