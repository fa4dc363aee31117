import { CheckCheck, Heart, ListPlus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { WorkDetails } from '#api'
import { useShelf, useShelfAct } from '../../api/shelf-queries.ts'
import { Button } from '../../design/button.tsx'
import { CheckboxRow } from '../../design/checkbox-row.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { useText } from '../../i18n/text.tsx'
import { ListNameForm } from '../shelf/list-name-form.tsx'
import { KeepButton } from './keep-button.tsx'
import './work-acts.css'

/** What one may do with a work besides playing it: keep it in mind. */
export function WorkActs({ work }: { readonly work: WorkDetails }): ReactNode {
  const { say } = useText()
  const { id, kind, watch } = work.card
  const [asksLists, setAsksLists] = useState(false)
  const favourite = useShelfAct((client, on: boolean) => client.markFavourite(id, on))
  const watched = useShelfAct((client, on: boolean) =>
    client.markWatched({ workId: id, episodeId: null, seasonId: null, watched: on }),
  )
  const isFavourite = favourite.isPending ? favourite.variables : watch.favourite
  // What was withdrawn can only be taken off.
  const isWithdrawn = work.withdrawals[0]?.acts === true
  if (isWithdrawn && !isFavourite) return null
  const isWatched = watched.isPending ? watched.variables : watch.watched
  return (
    <>
      <Button
        variant="on-panel-outline"
        icon={Heart}
        title={say('work.favourite')}
        isIconFilled={isFavourite}
        aria-pressed={isFavourite}
        onClick={() => favourite.mutate(!isFavourite)}
      >
        <span className="work-act">{say('work.favourite')}</span>
      </Button>
      {isWithdrawn ? null : (
        <Button
          variant="on-panel-outline"
          icon={ListPlus}
          title={say('work.lists')}
          onClick={() => setAsksLists(true)}
        >
          <span className="work-act">{say('work.lists')}</span>
        </Button>
      )}
      <KeepButton work={work} />
      {kind === 'series' || isWithdrawn ? null : (
        <Button
          variant="on-panel-outline"
          icon={CheckCheck}
          title={say(isWatched ? 'work.unmark' : 'work.mark')}
          aria-pressed={isWatched}
          onClick={() => watched.mutate(!isWatched)}
        >
          <span className="work-act">{say(isWatched ? 'work.unmark' : 'work.mark')}</span>
        </Button>
      )}
      {favourite.isError || watched.isError ? (
        <span role="alert">{say('shelf.not-done')}</span>
      ) : null}
      {asksLists ? <ListSheet workId={id} onClose={() => setAsksLists(false)} /> : null}
    </>
  )
}

/** Which of the viewer's own lists a work is on. */
function ListSheet({
  workId,
  onClose,
}: {
  readonly workId: string
  readonly onClose: () => void
}): ReactNode {
  const { say } = useText()
  const { data } = useShelf()
  const put = useShelfAct((client, { listId, on }: { listId: string; on: boolean }) =>
    on ? client.putOnList(listId, workId) : client.takeFromList(listId, workId),
  )
  const add = useShelfAct(async (client, name: string) => {
    const list = await client.addList(name)
    await client.putOnList(list.id, workId)
  })
  return (
    <Sheet heading={say('work.lists')} onClose={onClose}>
      {data?.lists.map((list) => (
        <CheckboxRow
          key={list.id}
          label={list.name}
          isOn={list.works.some(({ id }) => id === workId)}
          onChange={(on) => put.mutate({ listId: list.id, on })}
        />
      ))}
      {put.isError ? <p role="alert">{say('shelf.not-done')}</p> : null}
      <ListNameForm
        label={say('shelf.new-list')}
        submit={say('shelf.make-list')}
        before=""
        onName={(name) => add.mutateAsync(name)}
      />
    </Sheet>
  )
}
