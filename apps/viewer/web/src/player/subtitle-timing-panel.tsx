import { Minus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../design/button.tsx'
import { IconButton } from '../design/icon-button.tsx'
import { Select } from '../design/select.tsx'
import { useText } from '../i18n/text.tsx'
import { numberText } from './controls.tsx'
import type { PlayerAct } from './player-state.ts'
import { STRETCHES, type SubtitleTiming } from './subtitle-timing.ts'

/** How much later the subtitles are, and how fast they run. */
export function SubtitleTimingPanel({
  timing,
  act,
}: {
  readonly timing: SubtitleTiming
  readonly act: (act: PlayerAct) => void
}): ReactNode {
  const { say, language } = useText()
  const { delayMs, stretch } = timing
  const seconds = numberText(Math.abs(delayMs) / 1000, language)
  const key = delayMs === 0 ? 'in-step' : delayMs > 0 ? 'later' : 'sooner'
  const texts = {
    'in-step': 'subtitles.in-step',
    later: 'subtitles.later',
    sooner: 'subtitles.sooner',
  } as const
  return (
    <div className="subtitle-timing" role="group" aria-label={say('subtitles.delay')}>
      <div className="subtitle-delay">
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
        {delayMs === 0 && stretch === 1 ? null : (
          <Button size="small" variant="quiet" onClick={() => act({ kind: 'reset-timing' })}>
            {say('subtitles.delay-reset')}
          </Button>
        )}
      </div>
      <Stretch stretch={stretch} act={act} />
    </div>
  )
}

function Stretch({
  stretch,
  act,
}: {
  readonly stretch: number
  readonly act: (act: PlayerAct) => void
}): ReactNode {
  const { say, language } = useText()
  const known = STRETCHES.find((each) => each.stretch === stretch)
  const names = {
    'as-made': say('subtitles.as-made'),
    'from-25-to-24': say('subtitles.from-25-to-24'),
    'from-24-to-25': say('subtitles.from-24-to-25'),
  } as const
  const options = STRETCHES.map(({ id }) => ({ id: id as string, name: names[id] }))
  // Two heard lines may tell any speed.
  const times = new Intl.NumberFormat(language, { maximumFractionDigits: 4 }).format(stretch)
  const own = { id: 'heard', name: say('subtitles.stretched', { times }) }
  return (
    <Select
      label={say('subtitles.stretch')}
      options={known === undefined ? [...options, own] : options}
      value={known?.id ?? own.id}
      onChange={(id) => {
        const chosen = STRETCHES.find((each) => each.id === id)
        if (chosen !== undefined) act({ kind: 'stretch-to', stretch: chosen.stretch })
      }}
    />
  )
}
