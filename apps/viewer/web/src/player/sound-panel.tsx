import type { ReactNode } from 'react'
import { useText } from '../i18n/text.tsx'
import type { PanelProps } from './player-panels.tsx'
import { RadioLine } from './radio-line.tsx'

/** Which of the film's sounds is heard, and what is done so that it is. */
export function SoundPanel({
  film,
  tracks: { sounds, soundAt, way },
  onSound,
  described,
}: Pick<PanelProps, 'film' | 'tracks' | 'onSound' | 'described'>): ReactNode {
  const { say } = useText()
  const isOwn = described.url === null
  const descriptions = film?.descriptions ?? []
  const chooseOwn = (at: number): void => {
    described.choose(null)
    if (at !== soundAt) onSound(at)
  }
  const made = way.kind === 'playing' && way.sound?.kind === 'transcode' ? way.sound : null
  return (
    <>
      <fieldset className="panel-choices">
        <legend className="for-readers">{say('player.sound')}</legend>
        {sounds.map(({ language, label, title, words }, at) => (
          <RadioLine
            key={`${at} ${words}`}
            name="sound"
            label={
              soundName(label, title) ??
              (sounds.length === 1 ? say('sound.own') : say('sound.numbered', { number: at + 1 }))
            }
            language={language ?? undefined}
            note={words}
            isChecked={isOwn && at === soundAt}
            onChoose={() => chooseOwn(at)}
          />
        ))}
        {sounds.length > 0 ? null : (
          <RadioLine
            name="sound"
            label={say('sound.own')}
            isChecked={isOwn}
            onChoose={() => chooseOwn(soundAt)}
          />
        )}
        {descriptions.map(({ language, label, url }) => (
          <RadioLine
            key={url}
            name="sound"
            label={say('sound.described', { language: label })}
            isChecked={url === described.url}
            onChoose={() => described.choose(language)}
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
