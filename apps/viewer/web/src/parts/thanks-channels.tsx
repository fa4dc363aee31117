import { ExternalLink, QrCode as QrIcon } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Thanks, ThanksChannel } from '#api'
import { Button, OutsideButtonLink } from '../design/button.tsx'
import { useText } from '../i18n/text.tsx'
import { QrCode } from './qr-code.tsx'
import './thanks-channels.css'

/** How the makers take thanks: each way with what is known about whose it is, to open or to read with a phone. */
export function ThanksChannels({ thanks }: { readonly thanks: Thanks }): ReactNode {
  return (
    <ul className="thanks-channels">
      {thanks.channels.map((channel) => (
        <Channel key={channel.label} channel={channel} proof={thanks.proof} />
      ))}
    </ul>
  )
}

function Channel({
  channel: { label, way },
  proof,
}: {
  readonly channel: ThanksChannel
  readonly proof: string
}): ReactNode {
  const { say } = useText()
  const [isQr, setIsQr] = useState(false)
  const written = way.kind === 'page' ? way.url : `lightning:${way.address}`
  return (
    <li>
      <strong>{label}</strong>
      <span className="thanks-proof">{proof}</span>
      <span className="thanks-acts">
        {way.kind === 'page' ? (
          <OutsideButtonLink
            size="small"
            icon={ExternalLink}
            href={way.url}
            label={`${say('thanks.open')}: ${label} ${say('work.outside')}`}
          >
            {say('thanks.open')}
          </OutsideButtonLink>
        ) : null}
        <Button
          size="small"
          icon={QrIcon}
          aria-expanded={isQr}
          aria-label={`${say('thanks.qr')}: ${label}`}
          onClick={() => setIsQr(!isQr)}
        >
          {say('thanks.qr')}
        </Button>
      </span>
      {isQr ? (
        <figure className="thanks-qr">
          <QrCode text={written} label={say('thanks.qr-of', { label })} />
          <figcaption>{way.kind === 'page' ? way.url : way.address}</figcaption>
        </figure>
      ) : null}
    </li>
  )
}
