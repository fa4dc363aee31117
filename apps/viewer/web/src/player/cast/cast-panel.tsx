import { Airplay, Monitor, Tv } from 'lucide-react'
import { useEffect, useState, type ReactNode, type RefObject } from 'react'
import { useClient } from '../../api/client-context.tsx'
import { Button } from '../../design/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { pageClock } from '../page-clock.ts'
import { useStore } from '../film-hooks.ts'
import { openAirPlay } from './air-play.ts'
import type { CastCore } from './cast-core.ts'
import { castServer } from './cast-server.ts'
import { ScreenList } from './screen-list.ts'
import './cast.css'

/** The screens of the home network; looking for them begins and ends with this panel. */
export function CastPanel({
  cast,
  video,
  onChosen,
}: {
  readonly cast: CastCore
  readonly video: RefObject<HTMLVideoElement | null>
  readonly onChosen: () => void
}): ReactNode {
  const { say } = useText()
  const client = useClient()
  const [list] = useState(() => new ScreenList(castServer(client.ask), pageClock))
  const { casting } = useStore(cast)
  const { screens, isLong } = useStore(list)
  useEffect(() => list.open(), [list])
  const found = screens?.screens ?? []
  const airPlay = openAirPlay(video)
  return (
    <>
      {casting.kind === 'there' ? (
        <p className="cast-now">{say('screens.now-on', { name: casting.status.screen.name })}</p>
      ) : null}
      <ul className="panel-list">
        {found.map(({ id, kind, name, address, model }) => {
          const Icon = kind === 'chromecast' ? Monitor : Tv
          const isThere = casting.kind === 'there' && casting.screenId === id
          const shown = name === '' ? (model === '' ? address : model) : name
          return (
            <li key={id}>
              <button
                type="button"
                className="panel-line cast-line"
                aria-pressed={isThere}
                onClick={() => {
                  if (!isThere) void cast.begin(id, shown)
                  onChosen()
                }}
              >
                <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
                <span className="cast-name">
                  <bdi>{shown}</bdi>
                  <span className="cast-kind">
                    {say(kind === 'chromecast' ? 'screens.chromecast' : 'screens.dlna', {
                      address,
                    })}
                  </span>
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      <p className="cast-note" role="status">
        {screens?.hasNetwork === false
          ? say('screens.no-network')
          : found.length > 0
            ? say('screens.searching-more')
            : say(isLong ? 'screens.none' : 'screens.searching')}
      </p>
      {airPlay === null ? null : (
        <Button size="small" icon={Airplay} onClick={airPlay}>
          {say('screens.airplay')}
        </Button>
      )}
      <p className="cast-note">{say('screens.stay-open')}</p>
    </>
  )
}
