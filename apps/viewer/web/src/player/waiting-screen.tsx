import { Check } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import type { StreamStatus } from '#api'
import { useText } from '../i18n/text.tsx'
import { LeaderClock } from './leader-clock.tsx'
import type { PlayerState } from './player-state.ts'
import { numberWords } from './swarm-words.ts'
import { useWaitedMs } from './waiting-time.ts'
import { waiting, type WaitingStep } from './waiting-core.ts'
import './waiting-screen.css'

/** In place of the picture: what happens, what comes next, and what can be done when nothing does. */
export function WaitingScreen({
  state,
  status,
  onAskAgain,
}: {
  readonly state: PlayerState
  readonly status: StreamStatus | null
  readonly onAskAgain: () => void
}): ReactNode {
  const { say, language } = useText()
  const words = useMemo(() => numberWords(language), [language])
  const shown = waiting(state, status, useWaitedMs(), words)
  return (
    <div className="waiting" data-kind={shown.kind}>
      <div className="waiting-words">
        <div role="status">
          <h2 className="waiting-heading">{say(shown.heading.key, shown.heading.values)}</h2>
          <p className="waiting-note">{say(shown.note.key, shown.note.values)}</p>
        </div>
        {shown.kind === 'stuck' ? (
          <button type="button" className="button primary" onClick={onAskAgain}>
            {say('stuck.again')}
          </button>
        ) : null}
        <ol className="waiting-steps">
          {shown.steps.map((step) => (
            <Step key={step.text.key} step={step} />
          ))}
        </ol>
      </div>
      <LeaderClock number={shown.number} isStill={shown.kind === 'stuck'} />
    </div>
  )
}

function Step({ step }: { readonly step: WaitingStep }): ReactNode {
  const { say } = useText()
  const said = { done: 'waiting.done', now: 'waiting.now', next: 'waiting.next' } as const
  return (
    <li className="waiting-step" data-state={step.state}>
      <span className="waiting-mark" aria-hidden="true">
        {step.state === 'done' ? <Check size={20} /> : <span className="waiting-dot" />}
      </span>
      <span>
        <span className="for-readers">{say(said[step.state])} </span>
        <strong>{say(step.text.key, step.text.values)}</strong>
        {step.detail === null ? null : (
          <span className="waiting-detail">{say(step.detail.key, step.detail.values)}</span>
        )}
      </span>
    </li>
  )
}
