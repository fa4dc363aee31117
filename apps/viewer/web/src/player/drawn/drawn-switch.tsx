import type { ReactNode } from 'react'
import { Toggle } from '../../design/toggle.tsx'
import { useText } from '../../i18n/text.tsx'
import type { TextKey } from '../../i18n/text-key.ts'
import type { DrawnChoice } from './drawn-choice.ts'

/** Whether styled subtitles show as they were drawn, and why they don't. */
export function DrawnSwitch({ drawn }: { readonly drawn: DrawnChoice }): ReactNode {
  const { say } = useText()
  const { drawing, isWanted, choose } = drawn
  if (drawing === null || (drawing.kind === 'plain' && drawing.why === 'unstyled')) return null
  const note = noteOf(drawn)
  return (
    <div className="subtitle-drawn">
      {drawing.kind === 'plain' ? null : (
        <Toggle label={say('subtitles.drawn')} isOn={isWanted} onChange={choose} />
      )}
      <p role="status">{note === null ? null : say(note)}</p>
    </div>
  )
}

function noteOf({ drawing, state }: DrawnChoice): TextKey | null {
  if (drawing?.kind === 'plain')
    return drawing.why === 'letters' ? 'subtitles.drawn-letters' : 'subtitles.drawn-too-much'
  if (state === 'slow') return 'subtitles.drawn-slow'
  return state === 'broken' ? 'subtitles.drawn-broken' : 'subtitles.drawn-note'
}
