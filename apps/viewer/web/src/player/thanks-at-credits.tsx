import { useState, type ReactNode } from 'react'
import type { Settings, Thanks } from '#api'
import { useSaveSettings } from '../api/shelf-queries.ts'
import { useWork } from '../api/work-queries.ts'
import { Button } from '../design/button.tsx'
import { useText } from '../i18n/text.tsx'
import { ThanksChannels } from '../parts/thanks-channels.tsx'
import { isAtCredits } from './credits.ts'
import type { PlayerState } from './player-state.ts'
import './thanks-at-credits.css'

const HEADINGS = {
  'hand-made': 'thanks.hand-made',
  everyone: 'thanks.everyone',
  plain: 'thanks.plain',
} as const

/** What is shown beside the end credits; null = they have the whole screen. */
export interface CreditsThanks {
  readonly thanks: Thanks
  /** Not for this film any more. */
  readonly dismiss: () => void
  /** Never again. */
  readonly switchOff: () => void
}

/** Whether a film's makers are thanked now: at the credits of the last part, when the viewer hasn't said no. */
export function useThanksAtCredits({
  workId,
  state,
  hasNext,
  settings,
}: {
  readonly workId: string
  readonly state: PlayerState
  readonly hasNext: boolean
  /** Undefined until they are known. */
  readonly settings: Settings | undefined
}): CreditsThanks | null {
  const { data } = useWork(workId)
  const { mutate } = useSaveSettings()
  const [isDismissed, setIsDismissed] = useState(false)
  const thanks = data?.thanks ?? null
  const isTime = isAtCredits({ ...state, isEnded: state.playback.kind === 'ended' })
  const isWanted = settings?.thanks === true && !isDismissed && !hasNext && state.panel === null
  if (thanks === null || !isTime || !isWanted) return null
  return {
    thanks,
    dismiss: () => setIsDismissed(true),
    switchOff: () => {
      setIsDismissed(true)
      mutate({ ...settings, thanks: false })
    },
  }
}

/** The quiet card beside the credits: it covers nothing and goes when one says so. */
export function ThanksAtCredits({
  credits: { thanks, dismiss, switchOff },
}: {
  readonly credits: CreditsThanks
}): ReactNode {
  const { say } = useText()
  return (
    <aside className="credits-thanks" aria-label={say('work.thanks')}>
      <h2>{say(HEADINGS[thanks.tone])}</h2>
      <p>{say('thanks.lead')}</p>
      <ThanksChannels thanks={thanks} />
      <div className="credits-foot">
        <span>{say('thanks.no-share')}</span>
        <Button size="small" variant="quiet" onClick={dismiss}>
          {say('thanks.close')}
        </Button>
        <Button size="small" variant="quiet" onClick={switchOff}>
          {say('thanks.never')}
        </Button>
      </div>
    </aside>
  )
}
