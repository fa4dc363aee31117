import { FileUp, Minus, Plus } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { Button } from '../design/button.tsx'
import { IconButton } from '../design/icon-button.tsx'
import { useText } from '../i18n/text.tsx'
import type { TextKey } from '../i18n/text-key.ts'
import { numberText } from './controls.tsx'
import type { PlayerAct } from './player-state.ts'
import { RadioLine } from './radio-line.tsx'
import { subtitleFileOf } from './subtitle-choice.ts'
import type { SubtitleDesk, SubtitleFault, SubtitleState } from './subtitle-desk.ts'
import { LOOKS, type LookPart, type SubtitleLook } from './subtitle-look.ts'

const FAULTS: Readonly<Record<SubtitleFault, TextKey>> = {
  'too-large': 'subtitles.too-large',
  compressed: 'subtitles.compressed',
  'unknown-charset': 'subtitles.unknown-charset',
  'unknown-format': 'subtitles.unknown-format',
  'no-cues': 'subtitles.no-cues',
  lost: 'subtitles.lost',
  slow: 'subtitles.slow',
}

const LOOK_TEXTS: Readonly<Record<LookPart, TextKey>> = {
  size: 'subtitles.size',
  place: 'subtitles.place',
  colour: 'subtitles.colour',
  background: 'subtitles.background',
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
}

const PARTS: readonly LookPart[] = ['size', 'place', 'colour', 'background']

/** Which subtitles, from where, how much later, and how they look. */
export function SubtitlePanel({
  desk,
  subtitles,
  look,
  onLook,
  act,
}: {
  readonly desk: SubtitleDesk
  readonly subtitles: SubtitleState
  readonly look: SubtitleLook
  readonly onLook: (look: SubtitleLook) => void
  readonly act: (act: PlayerAct) => void
}): ReactNode {
  const { say } = useText()
  const { tracks, chosenId, fault } = subtitles
  return (
    <>
      <fieldset className="panel-choices">
        <legend className="for-readers">{say('player.captions')}</legend>
        <RadioLine
          name="track"
          label={say('player.captions-off')}
          isChecked={chosenId === null}
          onChoose={() => act({ kind: 'subtitles-to', trackId: null })}
        />
        {tracks.map((track) => (
          <RadioLine
            key={track.id}
            name="track"
            label={track.label}
            language={track.language ?? undefined}
            note={
              track.charset !== null
                ? say('subtitles.own', { charset: track.charset })
                : say(track.isForced ? 'subtitles.forced' : 'subtitles.from-release')
            }
            isChecked={track.id === chosenId}
            onChoose={() => act({ kind: 'subtitles-to', trackId: track.id })}
          />
        ))}
      </fieldset>
      <div role="status">
        {fault === null ? null : (
          <p className="subtitle-fault">{say(FAULTS[fault.fault], { name: fault.name })}</p>
        )}
      </div>
      <AddFile desk={desk} />
      <Delay delayMs={subtitles.delayMs} act={act} />
      <details className="subtitle-look">
        <summary>{say('subtitles.look')}</summary>
        {PARTS.map((part) => (
          <LookChoice key={part} part={part} look={look} onLook={onLook} />
        ))}
      </details>
    </>
  )
}

function AddFile({ desk }: { readonly desk: SubtitleDesk }): ReactNode {
  const { say } = useText()
  const input = useRef<HTMLInputElement | null>(null)
  return (
    <div className="subtitle-add">
      <Button size="small" icon={FileUp} onClick={() => input.current?.click()}>
        {say('subtitles.add')}
      </Button>
      <span>{say('subtitles.add-note')}</span>
      <input
        ref={input}
        type="file"
        className="for-readers"
        tabIndex={-1}
        aria-hidden="true"
        accept=".srt,.vtt,.ass,.ssa,.txt"
        onChange={(event) => {
          const file = subtitleFileOf(event.target)
          if (file !== null) void desk.add(file)
          // The same file may be given again, after it was mended.
          event.target.value = ''
        }}
      />
    </div>
  )
}

function Delay({
  delayMs,
  act,
}: {
  readonly delayMs: number
  readonly act: (act: PlayerAct) => void
}): ReactNode {
  const { say, language } = useText()
  const seconds = numberText(Math.abs(delayMs) / 1000, language)
  const key = delayMs === 0 ? 'in-step' : delayMs > 0 ? 'later' : 'sooner'
  const texts = {
    'in-step': 'subtitles.in-step',
    later: 'subtitles.later',
    sooner: 'subtitles.sooner',
  } as const
  return (
    <div className="subtitle-delay" role="group" aria-label={say('subtitles.delay')}>
      <IconButton
        isOutlined
        icon={Minus}
        label={say('subtitles.delay-sooner')}
        onClick={() => act({ kind: 'delay-by', step: -1 })}
      />
      <strong role="status">{say(texts[key], { seconds })}</strong>
      <IconButton
        isOutlined
        icon={Plus}
        label={say('subtitles.delay-later')}
        onClick={() => act({ kind: 'delay-by', step: 1 })}
      />
      {delayMs === 0 ? null : (
        <Button size="small" variant="quiet" onClick={() => act({ kind: 'reset-delay' })}>
          {say('subtitles.delay-reset')}
        </Button>
      )}
    </div>
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
