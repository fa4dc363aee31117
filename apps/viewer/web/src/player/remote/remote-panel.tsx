import { Smartphone } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { MAX_PHONES } from '#api'
import { Button } from '../../design/button.tsx'
import { useText } from '../../i18n/text.tsx'
import type { TextKey } from '../../i18n/text-key.ts'
import { QrCode } from '../../parts/qr-code.tsx'
import { useStore } from '../film-hooks.ts'
import type { PlayerCore } from '../player-core.ts'
import type { Remote } from './remote-core.ts'
import { useRemote } from './remote-hooks.ts'
import './remote.css'

const REASONS: Readonly<Record<NonNullable<Extract<Remote, { kind: 'off' }>['why']>, TextKey>> = {
  'code-over': 'remote.code-over',
  ended: 'remote.ended',
  'no-network': 'remote.no-network',
  failed: 'remote.failed',
}

/** A code for a phone, and who came with it. The code is made when this is opened, and not before. */
export function RemotePanel(): ReactNode {
  const { say } = useText()
  const remote = useRemote()
  const state = useStore(remote)
  useEffect(() => {
    if (remote.state.kind === 'off') void remote.open()
    return () => remote.forget()
  }, [remote])
  if (state.kind === 'opening')
    return (
      <p className="remote-note" role="status">
        {say('remote.opening')}
      </p>
    )
  if (state.kind === 'off')
    return (
      <>
        <p className="remote-note" role="status">
          {state.why === null ? '' : say(REASONS[state.why])}
        </p>
        <Button size="small" onClick={() => void remote.open()}>
          {say('remote.again')}
        </Button>
      </>
    )
  const { phones, code, host, hosts } = state
  return (
    <>
      <div role="status">
        {phones === 0 ? null : (
          <>
            <p className="remote-count">{say('remote.phones', { count: phones })}</p>
            <p className="remote-note">{say('remote.can')}</p>
          </>
        )}
      </div>
      {code === null ? null : (
        <>
          <p className="remote-note">{say('remote.scan')}</p>
          <QrCode text={code.url} label={say('remote.code')} />
          <p className="remote-note">
            {say('remote.link')}
            <bdi className="remote-link" dir="ltr">
              {code.url}
            </bdi>
            {say('remote.once')}
          </p>
        </>
      )}
      {code === null || phones > 0 || hosts.length < 2 ? null : (
        <>
          <p className="remote-note">{say('remote.address')}</p>
          <div className="remote-acts">
            {hosts
              .filter((other) => other !== host)
              .map((other) => (
                <Button key={other} size="small" onClick={() => void remote.open(other)}>
                  {other}
                </Button>
              ))}
          </div>
        </>
      )}
      <div className="remote-acts">
        {code !== null ? null : phones < MAX_PHONES ? (
          <Button size="small" onClick={() => void remote.newCode()}>
            {say('remote.another')}
          </Button>
        ) : (
          <p className="remote-note">{say('remote.full')}</p>
        )}
        <Button size="small" onClick={() => void remote.close()}>
          {say(phones === 0 ? 'remote.turn-off' : 'remote.cut')}
        </Button>
      </div>
    </>
  )
}

/** Over the picture, while a phone is connected: says so, and leads to where it can be let go. */
export function PhoneMark({ core }: { readonly core: PlayerCore }): ReactNode {
  const { say } = useText()
  const state = useStore(useRemote())
  if (state.kind !== 'on' || state.phones === 0) return null
  return (
    <button
      type="button"
      className="phone-mark"
      onClick={() => {
        if (core.state.panel !== 'remote') core.act({ kind: 'toggle-panel', panel: 'remote' })
      }}
    >
      <Smartphone size={18} strokeWidth={1.75} aria-hidden="true" />
      <span role="status">{say('remote.phones', { count: state.phones })}</span>
    </button>
  )
}
