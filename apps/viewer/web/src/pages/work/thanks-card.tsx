import type { ReactNode } from 'react'
import type { Thanks } from '#api'
import { useText } from '../../i18n/text.tsx'
import { ThanksChannels } from '../../parts/thanks-channels.tsx'

/** The makers' own ways to take thanks, as the record names them. */
export function ThanksCard({ thanks }: { readonly thanks: Thanks }): ReactNode {
  const { say } = useText()
  return (
    <section className="thanks">
      <h2>{say('work.thanks')}</h2>
      <p>{say('work.thanks-note')}</p>
      <ThanksChannels thanks={thanks} />
    </section>
  )
}
