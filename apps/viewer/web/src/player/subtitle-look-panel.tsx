import type { ReactNode } from 'react'
import { useText } from '../i18n/text.tsx'
import type { TextKey } from '../i18n/text-key.ts'
import { LOOKS, type LookPart, type SubtitleLook } from './subtitle-look.ts'

const LOOK_TEXTS: Readonly<Record<LookPart, TextKey>> = {
  size: 'subtitles.size',
  place: 'subtitles.place',
  colour: 'subtitles.colour',
  background: 'subtitles.background',
  face: 'subtitles.face',
}

const CHOICE_TEXTS: Readonly<Record<SubtitleLook[LookPart], TextKey>> = {
  small: 'subtitles.small',
  usual: 'subtitles.usual',
  large: 'subtitles.large',
  huge: 'subtitles.huge',
  low: 'subtitles.low',
  raised: 'subtitles.raised',
  high: 'subtitles.high',
  cream: 'subtitles.cream',
  white: 'subtitles.white',
  yellow: 'subtitles.yellow',
  box: 'subtitles.box',
  shade: 'subtitles.shade',
  outline: 'subtitles.outline',
  legible: 'subtitles.legible',
}

const PARTS: readonly LookPart[] = ['size', 'place', 'colour', 'background', 'face']

/** How subtitles look, for all films. */
export function SubtitleLookPanel({
  look,
  onLook,
}: {
  readonly look: SubtitleLook
  readonly onLook: (look: SubtitleLook) => void
}): ReactNode {
  const { say } = useText()
  return (
    <details className="subtitle-look">
      <summary>{say('subtitles.look')}</summary>
      {PARTS.map((part) => (
        <LookChoice key={part} part={part} look={look} onLook={onLook} />
      ))}
    </details>
  )
}

function LookChoice<Part extends LookPart>({
  part,
  look,
  onLook,
}: {
  readonly part: Part
  readonly look: SubtitleLook
  readonly onLook: (look: SubtitleLook) => void
}): ReactNode {
  const { say } = useText()
  return (
    <fieldset className="look-choice">
      <legend>{say(LOOK_TEXTS[part])}</legend>
      {LOOKS[part].map((choice) => (
        <label key={choice} className="look-option">
          <input
            type="radio"
            name={`subtitle-${part}`}
            checked={look[part] === choice}
            onChange={() => onLook({ ...look, [part]: choice })}
          />
          <span>{say(CHOICE_TEXTS[choice])}</span>
        </label>
      ))}
    </fieldset>
  )
}
