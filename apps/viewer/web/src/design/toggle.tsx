import { useId, type ReactNode } from 'react'
import './toggle.css'

/** Something that is on or off, at once. Words under it say what follows. */
export function Toggle({
  label,
  note,
  isOn,
  onChange,
}: {
  readonly label: string
  readonly note?: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}): ReactNode {
  const noteId = useId()
  return (
    <div className="toggle">
      <label className="toggle-line">
        <span>{label}</span>
        <input
          className="unseen-control"
          type="checkbox"
          role="switch"
          checked={isOn}
          aria-describedby={note === undefined ? undefined : noteId}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span className="toggle-track" aria-hidden="true" />
      </label>
      {note === undefined ? null : (
        <p className="toggle-note" id={noteId}>
          {note}
        </p>
      )}
    </div>
  )
}
