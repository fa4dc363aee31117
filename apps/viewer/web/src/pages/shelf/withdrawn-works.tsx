import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Shelf } from '#api'
import { useShelfAct } from '../../api/shelf-queries.ts'
import { IconButton } from '../../design/icon-button.tsx'
import { useText } from '../../i18n/text.tsx'
import { addresses } from '../../routing/addresses.ts'
import { dateText } from '../../words/day-text.ts'

/** What was on the shelf and was withdrawn: by whom, when, and why. */
export function WithdrawnWorks({
  works,
  onDone,
}: {
  readonly works: Shelf['withdrawn']
  readonly onDone: (words: string) => void
}): ReactNode {
  const { say, language } = useText()
  const drop = useShelfAct((client, workId: string) => client.markFavourite(workId, false))
  return (
    <section className="shelf-withdrawn">
      <h2>{say('withdrawn.heading')}</h2>
      <ul className="history">
        {works.map(({ workId, title, isFavourite, withdrawal: { by, on, reason } }) => (
          <li key={workId} className="withdrawn-line">
            <Link href={addresses.work(workId)}>
              <strong dir="auto">{title}</strong>
            </Link>
            <span className="withdrawn-words">
              {say('withdrawn.by', { by, on: dateText(on, language) })} {reason}
            </span>
            {isFavourite ? (
              <IconButton
                icon={X}
                label={say('shelf.take-off-named', { title })}
                onClick={() =>
                  drop.mutate(workId, {
                    onSuccess: () => onDone(say('withdrawn.taken-off', { title })),
                    onError: () => onDone(say('shelf.not-done')),
                  })
                }
              />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
