import type { ReactNode } from 'react'
import { useText } from '../i18n/text.tsx'
import type { FilmWaysState } from './film-ways.ts'
import { RadioLine } from './radio-line.tsx'

/** Which of the film's sounds is heard, and what is done so that it is. */
export function SoundPanel({
  tracks: { sounds, soundAt, way },
  onSound,
}: {
  readonly tracks: FilmWaysState
  readonly onSound: (at: number) => void
}): ReactNode {
  const { say } = useText()
  const made = way.kind === 'playing' && way.sound?.kind === 'transcode' ? way.sound : null
  return (
    <>
      <fieldset className="panel-choices">
        <legend className="for-readers">{say('player.sound')}</legend>
        {sounds.map(({ language, label, title, words }, at) => (
          <RadioLine
            key={`${at} ${words}`}
            name="sound"
            label={soundName(label, title) ?? say('sound.numbered', { number: at + 1 })}
            language={language ?? undefined}
            note={words}
            isChecked={at === soundAt}
            onChoose={() => onSound(at)}
          />
        ))}
      </fieldset>
      {made === null ? null : (
        <p className="panel-note">{say('sound.made', { words: made.words })}</p>
      )}
    </>
  )
}

function soundName(label: string | null, title: string): string | null {
  const names = [label ?? '', title].filter((name) => name !== '')
  return names.length === 0 ? null : names.join(' \u2013 ')
}
