import { ArrowLeft, Check, ExternalLink, Play, RefreshCw, Stethoscope } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { Button, ButtonLink } from '../design/button.tsx'
import { useText } from '../i18n/text.tsx'
import { addresses } from '../routing/addresses.ts'
import type { FilmSessionState } from './film-session.ts'
import type { FilmWayState } from './film-ways.ts'
import { LeaderClock } from './leader-clock.tsx'
import { OtherReleases } from './other-releases.tsx'
import type { PlayerState } from './player-state.ts'
import { numberWords } from './swarm-words.ts'
import { useWaitedMs } from './waiting-time.ts'
import { waiting, type WaitingStep } from './waiting-core.ts'
import './waiting-screen.css'

/** In place of the picture: what happens, what comes next, and what can be done when nothing does. */
export function WaitingScreen({
  state,
  session,
  way,
  onAskAgain,
  onOpenIn,
  onSwitch,
  onClose,
}: {
  readonly state: PlayerState
  readonly session: FilmSessionState
  readonly way: FilmWayState
  readonly onAskAgain: () => void
  /** In a player of this computer. */
  readonly onOpenIn: (player: { readonly id: string; readonly name: string }) => void
  readonly onSwitch: (releaseId: string) => void
  readonly onClose: () => void
}): ReactNode {
  const { say, language } = useText()
  const words = useMemo(() => numberWords(language), [language])
  const waitedMs = useWaitedMs()
  const elsewhere = way.kind === 'elsewhere' ? way : null
  const shown = waiting(
    { player: state, session, elsewhere, waitedMs, nowMs: performance.now() },
    words,
  )
  return (
    <div className="waiting" data-kind={shown.kind}>
      <div className="waiting-words">
        <div role="status">
          <h2 className="waiting-heading">{say(shown.heading.key, shown.heading.values)}</h2>
          <p className="waiting-note">{say(shown.note.key, shown.note.values)}</p>
        </div>
        <ol className="waiting-steps">
          {shown.steps.map((step) => (
            <Step key={step.text.key} step={step} />
          ))}
        </ol>
        {shown.kind === 'waiting' ? null : (
          <div className="waiting-acts">
            {elsewhere?.players.map((player, at) => (
              <Button
                key={player.id}
                variant={at === 0 ? 'primary' : 'outline'}
                icon={ExternalLink}
                onClick={() => onOpenIn(player)}
              >
                {say('elsewhere.open-in', { player: player.name })}
              </Button>
            ))}
            {shown.kind === 'stuck' ? (
              <Button
                variant={(elsewhere?.players.length ?? 0) === 0 ? 'primary' : 'outline'}
                icon={RefreshCw}
                onClick={onAskAgain}
              >
                {say('stuck.again')}
              </Button>
            ) : null}
            {session.film === null ? null : (
              <OtherReleases
                film={session.film}
                isTooSlow={shown.kind === 'slow'}
                render={(release) => (
                  <Button
                    key={release.id}
                    icon={Play}
                    isIconFilled
                    onClick={() => onSwitch(release.id)}
                  >
                    {say('stuck.other', { release: release.label })}
                  </Button>
                )}
              />
            )}
            {shown.kind === 'stuck' ? (
              <ButtonLink href={addresses.diagnosis} icon={Stethoscope}>
                {say('diagnosis.heading')}
              </ButtonLink>
            ) : null}
            <Button icon={ArrowLeft} onClick={onClose}>
              {say('stuck.back')}
            </Button>
          </div>
        )}
      </div>
      <LeaderClock text={shown.clock} isStill={shown.kind !== 'waiting'} />
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
