import type { ReactNode } from 'react'

/** One of several choices in a panel: the circle, its name, and where it comes from. */
export function RadioLine({
  name,
  label,
  note = null,
  language,
  isChecked,
  onChoose,
}: {
  /** Of the group. */
  readonly name: string
  readonly label: string
  readonly note?: string | null
  /** Of the label (BCP 47). */
  readonly language?: string | undefined
  readonly isChecked: boolean
  readonly onChoose: () => void
}): ReactNode {
  return (
    <label className="radio-line">
      <input type="radio" name={`player-${name}`} checked={isChecked} onChange={onChoose} />
      <span lang={language}>{label}</span>
      {note === null ? null : <span className="radio-note">{note}</span>}
    </label>
  )
}
