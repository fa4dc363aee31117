import type { ReactNode } from 'react'
import type { Say } from '../i18n/say.ts'
import { useText } from '../i18n/text.tsx'
import { SLEEP_CHOICES, type Evening, type EveningState, type SleepChoice } from './evening.ts'
import { RadioLine } from './radio-line.tsx'

/** When the film is to stop by itself. */
export function SleepPanel({
  evening,
  state,
}: {
  readonly evening: Evening
  readonly state: EveningState
}): ReactNode {
  const { say } = useText()
  return (
    <fieldset className="panel-choices">
      <legend className="for-readers">{say('player.sleep')}</legend>
      {SLEEP_CHOICES.map((choice) => (
        <RadioLine
          key={choice}
          name="sleep"
          isChecked={choice === state.sleep}
          label={sleepText(choice, say)}
          onChoose={() => evening.sleepAfter(choice)}
        />
      ))}
    </fieldset>
  )
}

/** "In 30 minutes", "At the end", "Off". */
export function sleepText(choice: SleepChoice, say: Say): string {
  if (typeof choice === 'number') return say('sleep.after', { count: choice })
  return say(choice === 'off' ? 'sleep.off' : 'sleep.end')
}
