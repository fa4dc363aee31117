import type { ReactNode } from 'react'
import { useText } from '../i18n/text.tsx'
import type { TextKey } from '../i18n/text-key.ts'
import { sleepText } from './sleep-panel.tsx'
import { OtherReleases } from './other-releases.tsx'
import type { PanelProps } from './player-panels.tsx'
import type { PlayerAct } from './player-state.ts'

/** What the line of controls has no room for: on a phone most, elsewhere what's seldom wanted. */
export function MorePanel({
  state,
  film,
  act,
  onSwitch,
  night,
  evening,
  tracks,
}: PanelProps): ReactNode {
  const { say } = useText()
  const chapters = film?.chapters ?? []
  return (
    <ul className="panel-list">
      <Line text="player.from-start" act={act} asks={{ kind: 'seek-to', seconds: 0 }} />
      <Line isOnPhone text="player.back" act={act} asks={{ kind: 'seek-by', seconds: -10 }} stays />
      <Line
        isOnPhone
        text="player.forward"
        act={act}
        asks={{ kind: 'seek-by', seconds: 10 }}
        stays
      />
      {film === null || film.next === null ? null : (
        <Line text="player.next" act={act} asks={{ kind: 'next-episode' }} />
      )}
      <Line
        isOnPhone
        text={state.isMuted || state.volume === 0 ? 'player.unmute' : 'player.mute'}
        act={act}
        asks={{ kind: 'toggle-mute' }}
        stays
      />
      <Line
        isOnPhone
        text="player.speed"
        act={act}
        asks={{ kind: 'toggle-panel', panel: 'speed' }}
        stays
      />
      {chapters.length === 0 ? null : (
        <>
          <Line
            isOnPhone
            text="player.chapters"
            act={act}
            asks={{ kind: 'toggle-panel', panel: 'chapters' }}
            stays
          />
          <Line
            text="player.chapter-before"
            act={act}
            asks={{ kind: 'chapter-by', step: -1 }}
            stays
          />
          <Line
            text="player.chapter-after"
            act={act}
            asks={{ kind: 'chapter-by', step: 1 }}
            stays
          />
        </>
      )}
      {tracks.sounds.length < 2 && (film?.descriptions ?? []).length === 0 ? null : (
        <Line text="player.sound" act={act} asks={{ kind: 'toggle-panel', panel: 'sound' }} stays />
      )}
      <li>
        <button
          type="button"
          className="panel-line"
          role="switch"
          aria-checked={night.isOn}
          onClick={night.toggle}
        >
          {say('player.night-sound')}
          <span className="panel-state">{say(night.isOn ? 'player.on' : 'player.off')}</span>
        </button>
      </li>
      <Line
        isOnPhone
        text="screens.title"
        act={act}
        asks={{ kind: 'toggle-panel', panel: 'cast' }}
        stays
      />
      <Line text="remote.title" act={act} asks={{ kind: 'toggle-panel', panel: 'remote' }} stays />
      <li>
        <button
          type="button"
          className="panel-line"
          onClick={() => act({ kind: 'toggle-panel', panel: 'sleep' })}
        >
          {say('player.sleep')}
          <span className="panel-state">{sleepText(evening.state.sleep, say)}</span>
        </button>
      </li>
      <Line
        text="postcard.open"
        act={act}
        asks={{ kind: 'toggle-panel', panel: 'postcard' }}
        stays
      />
      <Line isOnPhone text="player.mini" act={act} asks={{ kind: 'toggle-mini' }} />
      {document.pictureInPictureEnabled ? (
        <Line text="player.window" act={act} asks={{ kind: 'toggle-window' }} />
      ) : null}
      <Line isOnPhone text="player.statistics" act={act} asks={{ kind: 'toggle-statistics' }} />
      <Line text="player.keys" act={act} asks={{ kind: 'toggle-panel', panel: 'keys' }} stays />
      {film === null ? null : (
        <OtherReleases
          film={film}
          render={(release) => (
            <li key={release.id}>
              <button
                type="button"
                className="panel-line"
                onClick={() => {
                  act({ kind: 'close-panel' })
                  onSwitch(release.id)
                }}
              >
                {say('player.switch', { release: release.label })}
              </button>
            </li>
          )}
        />
      )}
    </ul>
  )
}

function Line({
  text,
  act,
  asks,
  isOnPhone = false,
  stays = false,
}: {
  readonly text: TextKey
  readonly act: (act: PlayerAct) => void
  readonly asks: PlayerAct
  /** Only there: elsewhere it's in the line of controls. */
  readonly isOnPhone?: boolean
  /** The panel stays open, or another one comes. */
  readonly stays?: boolean
}): ReactNode {
  const { say } = useText()
  return (
    <li className={isOnPhone ? 'on-phone' : undefined}>
      <button
        type="button"
        className="panel-line"
        onClick={() => {
          if (!stays) act({ kind: 'close-panel' })
          act(asks)
        }}
      >
        {say(text)}
      </button>
    </li>
  )
}
