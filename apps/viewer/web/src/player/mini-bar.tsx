import { Maximize2, Pause, Play, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../design/icon-button.tsx'
import { useText } from '../i18n/text.tsx'
import { usePlayer } from './player-context.tsx'
import type { PlayerAct, PlayerState } from './player-state.ts'

/** Under the small picture: what plays, and the way back to it. */
export function MiniBar({
  state,
  title,
  isWaiting,
  act,
}: {
  readonly state: PlayerState
  readonly title: string
  readonly isWaiting: boolean
  readonly act: (act: PlayerAct) => void
}): ReactNode {
  const { say } = useText()
  const { close, setMode } = usePlayer()
  return (
    <div className="mini-bar" role="group" aria-label={say('player.mini-label')}>
      <p className="mini-title">
        <strong>{title}</strong>
        <span>{isWaiting ? say('player.mini-waiting') : null}</span>
      </p>
      <IconButton
        icon={state.wantsToPlay ? Pause : Play}
        label={say(state.wantsToPlay ? 'player.pause' : 'player.play')}
        onClick={() => act({ kind: 'toggle-play' })}
      />
      <IconButton icon={Maximize2} label={say('player.big')} onClick={() => setMode('full')} />
      <IconButton icon={X} label={say('player.close')} onClick={close} />
    </div>
  )
}
