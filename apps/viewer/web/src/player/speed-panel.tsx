import type { ReactNode } from 'react'
import { useText } from '../i18n/text.tsx'
import { numberText } from './controls.tsx'
import { RadioLine } from './radio-line.tsx'
import { RATES } from './play-rate.ts'
import type { PlayerAct, PlayerState } from './player-state.ts'

/** How fast the film plays; voices keep their pitch. */
export function SpeedPanel({
  state,
  act,
}: {
  readonly state: PlayerState
  readonly act: (act: PlayerAct) => void
}): ReactNode {
  const { say, language } = useText()
  // The tenths of `[` and `]` lie between the usual ones.
  const rates = [...new Set([...RATES, state.rate])].toSorted((a, b) => a - b)
  return (
    <fieldset className="panel-choices">
      <legend className="for-readers">{say('player.speed')}</legend>
      {rates.map((rate) => (
        <RadioLine
          key={rate}
          name="speed"
          isChecked={rate === state.rate}
          label={rate === 1 ? say('player.speed-usual') : `${numberText(rate, language)}×`}
          onChoose={() => act({ kind: 'rate-to', rate })}
        />
      ))}
    </fieldset>
  )
}
