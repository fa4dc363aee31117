import { X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { History } from '#api'
import { useHistory, useShelfAct } from '../../api/shelf-queries.ts'
import { Button } from '../../design/button.tsx'
import { EmptyState } from '../../design/empty-state.tsx'
import { IconButton } from '../../design/icon-button.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { useText } from '../../i18n/text.tsx'
import { Fault } from '../../parts/fault.tsx'
import { Loading } from '../../parts/loading.tsx'
import { wallText } from '../../player/time-text.ts'
import { addresses } from '../../routing/addresses.ts'
import { dateText, dayText } from '../../words/day-text.ts'

/** Sittings on one page. */
const PAGE = 50

/** What was watched and when, newest first, each to be forgotten. */
export function HistoryView({ onDone }: { readonly onDone: (words: string) => void }): ReactNode {
  const { say } = useText()
  const [offset, setOffset] = useState(0)
  const [asksAll, setAsksAll] = useState(false)
  const history = useHistory(offset, PAGE)
  const forgetAll = useShelfAct((client) => client.forgetHistory())
  if (history.data === undefined)
    return history.isError ? (
      <Fault error={history.error} onAgain={() => void history.refetch()} />
    ) : (
      <Loading words={say('shelf.loading')} />
    )
  const { total, entries } = history.data
  if (total === 0)
    return (
      <EmptyState
        picture="seats"
        heading={say('shelf.no-history')}
        note={say('shelf.no-history-note')}
      />
    )
  return (
    <section className="shelf-section">
      <ul className="history">
        {entries.map((entry) => (
          <HistoryLine key={entry.id} entry={entry} onDone={onDone} />
        ))}
      </ul>
      <div className="history-acts">
        {offset > 0 ? (
          <Button variant="outline" onClick={() => setOffset(Math.max(0, offset - PAGE))}>
            {say('shelf.newer')}
          </Button>
        ) : null}
        {offset + PAGE < total ? (
          <Button variant="outline" onClick={() => setOffset(offset + PAGE)}>
            {say('shelf.older')}
          </Button>
        ) : null}
        <Button variant="quiet" onClick={() => setAsksAll(true)}>
          {say('shelf.forget-all')}
        </Button>
      </div>
      {asksAll ? (
        <Sheet
          heading={say('shelf.forget-question')}
          onClose={() => setAsksAll(false)}
          foot={
            <Button
              variant="primary"
              isBusy={forgetAll.isPending}
              onClick={() =>
                forgetAll.mutate(undefined, {
                  onSuccess: () => {
                    setOffset(0)
                    onDone(say('shelf.forgotten-all'))
                  },
                  onError: () => onDone(say('shelf.not-done')),
                  onSettled: () => setAsksAll(false),
                })
              }
            >
              {say('shelf.forget-all')}
            </Button>
          }
        >
          <p>{say('shelf.forget-note')}</p>
        </Sheet>
      ) : null}
    </section>
  )
}

function HistoryLine({
  entry,
  onDone,
}: {
  readonly entry: History['entries'][number]
  readonly onDone: (words: string) => void
}): ReactNode {
  const { say, language } = useText()
  const forget = useShelfAct((client) => client.forgetHistoryEntry(entry.id))
  const title = entry.work?.title ?? entry.title
  const watchedAt = new Date(entry.watchedAtMs)
  return (
    <li className="history-line">
      <time dateTime={watchedAt.toISOString()}>
        {dayText(watchedAt, language)}, {wallText(watchedAt, language)}
      </time>
      {entry.work === null ? (
        <span>
          <strong dir="auto">{title}</strong>{' '}
          {entry.withdrawal === null
            ? say('shelf.gone')
            : say('withdrawn.short', {
                by: entry.withdrawal.by,
                on: dateText(entry.withdrawal.on, language),
              })}{' '}
          {entry.withdrawal?.reason}
        </span>
      ) : (
        <Link href={addresses.work(entry.work.id)}>
          <strong dir="auto">{title}</strong>
        </Link>
      )}
      <IconButton
        icon={X}
        label={say('shelf.forget', { title })}
        onClick={() =>
          forget.mutate(undefined, {
            onSuccess: () => onDone(say('shelf.forgotten', { title })),
            onError: () => onDone(say('shelf.not-done')),
          })
        }
      />
    </li>
  )
}
