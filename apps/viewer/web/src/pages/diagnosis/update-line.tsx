import { Copy } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Update } from '#api'
import { usePutOff } from '../../api/diagnosis-queries.ts'
import { Button } from '../../design/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { useCopying } from '../../parts/copy-button.tsx'
import { sizeWords } from '../settings/byte-words.ts'
import { UpdateFetch } from './update-fetch.tsx'

/** A newer version, what's new in it, and how to get it. Nothing is fetched because of this line before somebody presses. */
export function UpdateLine({ update }: { readonly update: Update }): ReactNode {
  const { say, language } = useText()
  const putOff = usePutOff()
  const { outcome, copy } = useCopying()
  if (update.kind !== 'newer') return null
  const { version, from, notes, magnet, lengthBytes, sha256, isPutOff } = update.announced
  return (
    <section className="update-line">
      <h2>{say('update.heading', { version })}</h2>
      <p>{say('update.from', { from })}</p>
      {notes === '' ? null : <p className="update-notes">{notes}</p>}
      <p className="note">
        {say('update.how', { size: sizeWords(lengthBytes, language) })} {say('update.never-alone')}
      </p>
      <p>
        SHA-256 <code>{sha256}</code>
      </p>
      <UpdateFetch announced={update.announced} />
      <div className="update-acts">
        <Button variant="quiet" icon={Copy} onClick={() => copy(magnet)}>
          {say('update.magnet')}
        </Button>
        {isPutOff ? null : (
          <Button
            variant="quiet"
            isBusy={putOff.isPending}
            onClick={() => putOff.mutate({ version })}
          >
            {say('update.not-now')}
          </Button>
        )}
      </div>
      <p role="status">
        {outcome} {isPutOff ? say('update.put-off') : ''}
      </p>
    </section>
  )
}
