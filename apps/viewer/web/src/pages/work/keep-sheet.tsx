import { useState, type ReactNode } from 'react'
import type { KeepPrice } from '#api'
import { useKeepPrice, useKeptAct } from '../../api/kept-queries.ts'
import { Button, ButtonLink } from '../../design/button.tsx'
import { Notice } from '../../design/notice.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { Toggle } from '../../design/toggle.tsx'
import type { Sentence } from '../../i18n/text-key.ts'
import { useText } from '../../i18n/text.tsx'
import { addresses } from '../../routing/addresses.ts'
import { sizeWords } from '../settings/byte-words.ts'
import './keep-sheet.css'

/** What keeping something takes, said before a byte of it is fetched. */
export function KeepSheet({
  workId,
  title,
  episodeIds,
  onClose,
}: {
  readonly workId: string
  /** Of what is to be kept. */
  readonly title: string
  /** Null = all of it. */
  readonly episodeIds: string[] | null
  readonly onClose: () => void
}): ReactNode {
  const { say, language } = useText()
  const [adopt, setAdopt] = useState(false)
  const wish = { episodeIds, adopt }
  const price = useKeepPrice(workId, wish)
  const keep = useKeptAct((client, asked: typeof wish) => client.keep(workId, asked))
  const answer = (keep.data?.refused ?? null) === null ? price.data : keep.data
  const others = answer?.others ?? null
  const refusal = answer === undefined ? null : refusalOf(answer, language)
  return (
    <Sheet
      heading={say('keep.heading', { title })}
      onClose={onClose}
      foot={
        <Button
          variant="primary"
          isBusy={keep.isPending || price.data === undefined}
          {...(refusal === null ? {} : { refusal: say('keep.refused') })}
          onClick={() =>
            keep.mutate(wish, {
              onSuccess: ({ refused }) => {
                if (refused === null) onClose()
              },
            })
          }
        >
          {say(adopt ? 'keep.adopt-it' : 'keep.keep-it')}
        </Button>
      }
    >
      <div className="keep-sheet">
        <p>{say('keep.note')}</p>
        {answer === undefined ? null : <Takes price={answer} />}
        {refusal === null ? null : (
          <Notice
            kind="warning"
            heading={say(refusal.key, refusal.values)}
            act={
              <ButtonLink href={addresses.kept} size="small">
                {say('keep.see-kept')}
              </ButtonLink>
            }
          />
        )}
        <Toggle
          label={say('keep.adopt')}
          note={
            others === null
              ? say('keep.adopt-note')
              : `${say('keep.others', { count: others })} ${say('keep.adopt-note')}`
          }
          isOn={adopt}
          onChange={setAdopt}
        />
        {keep.isError || price.isError ? <p role="alert">{say('shelf.not-done')}</p> : null}
      </div>
    </Sheet>
  )
}

function Takes({ price }: { readonly price: KeepPrice }): ReactNode {
  const { say, language } = useText()
  const size = (bytes: number): string => sizeWords(bytes, language)
  const { bytes, missingBytes, keptBytes, budgetBytes, goes } = price
  return (
    <dl className="keep-facts">
      <dt>{say('keep.takes')}</dt>
      <dd>
        {size(bytes)}
        {missingBytes === 0
          ? ` · ${say('keep.all-here')}`
          : missingBytes < bytes
            ? ` · ${say('keep.to-come', { size: size(missingBytes) })}`
            : null}
      </dd>
      <dt>{say('keep.room')}</dt>
      <dd>{say('keep.room-words', { kept: size(keptBytes), budget: size(budgetBytes) })}</dd>
      {goes.count === 0 ? null : (
        <>
          <dt>{say('keep.goes')}</dt>
          <dd>{say('keep.goes-words', { count: goes.count, size: size(goes.bytes) })}</dd>
        </>
      )}
    </dl>
  )
}

function refusalOf({ refused, wantingBytes }: KeepPrice, language: string): Sentence | null {
  const values = { size: sizeWords(wantingBytes, language) }
  switch (refused) {
    case null:
      return null
    case 'budget':
      return { key: 'keep.no-budget', values }
    case 'disk':
      return { key: 'keep.no-disk', values }
    case 'web-only':
      return { key: 'keep.no-swarm' }
    case 'most':
      return { key: 'keep.most' }
    case 'newer':
      return { key: 'kept.newer' }
  }
}
