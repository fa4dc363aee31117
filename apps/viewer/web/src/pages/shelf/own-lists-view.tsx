import { Ellipsis, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { OwnList } from '#api'
import { useShelfAct } from '../../api/shelf-queries.ts'
import { Button } from '../../design/button.tsx'
import { IconButton } from '../../design/icon-button.tsx'
import { Menu } from '../../design/menu.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { useText } from '../../i18n/text.tsx'
import { ListNameForm } from './list-name-form.tsx'
import { WorkWall } from '../../parts/work-wall.tsx'

/** Lists of the viewer's own. */
export function OwnListsView({
  lists,
  onDone,
}: {
  readonly lists: readonly OwnList[]
  readonly onDone: (words: string) => void
}): ReactNode {
  const { say } = useText()
  const add = useShelfAct((client, name: string) => client.addList(name))
  return (
    <>
      {lists.map((list) => (
        <ListSection key={list.id} list={list} onDone={onDone} />
      ))}
      <section className="shelf-section">
        <h2>{say('shelf.new-list')}</h2>
        <p className="note">{say('shelf.new-list-note')}</p>
        <ListNameForm
          label={say('shelf.list-name')}
          submit={say('shelf.make-list')}
          before=""
          onName={(name) => add.mutateAsync(name)}
        />
      </section>
    </>
  )
}

function ListSection({
  list,
  onDone,
}: {
  readonly list: OwnList
  readonly onDone: (words: string) => void
}): ReactNode {
  const { say } = useText()
  const [asks, setAsks] = useState<'name' | 'drop' | null>(null)
  const rename = useShelfAct((client, name: string) => client.renameList(list.id, name))
  const drop = useShelfAct((client) => client.dropList(list.id))
  const takeOff = useShelfAct((client, workId: string) => client.takeFromList(list.id, workId))
  return (
    <section className="shelf-section">
      <header className="shelf-list-head">
        <h2>{list.name}</h2>
        <Menu
          label={say('shelf.list-acts', { name: list.name })}
          opener={(properties) => (
            <IconButton
              icon={Ellipsis}
              label={say('shelf.list-acts', { name: list.name })}
              {...properties}
            />
          )}
          items={[
            { id: 'name', label: say('shelf.rename') },
            { id: 'drop', label: say('shelf.drop-list'), isDestructive: true },
          ]}
          onChoose={(id) => setAsks(id === 'name' ? 'name' : 'drop')}
        />
      </header>
      {list.works.length === 0 ? (
        <p className="note">{say('shelf.empty-list')}</p>
      ) : (
        <WorkWall
          works={list.works}
          act={(work) => (
            <Button
              variant="quiet"
              size="small"
              icon={X}
              aria-label={say('shelf.take-off-named', { title: work.title })}
              onClick={() =>
                takeOff.mutate(work.id, {
                  onSuccess: () => onDone(say('shelf.taken-off', { title: work.title })),
                  onError: () => onDone(say('shelf.not-done')),
                })
              }
            >
              {say('shelf.take-off')}
            </Button>
          )}
        />
      )}
      {list.missing === 0 ? null : (
        <p className="note">{say('shelf.list-missing', { count: list.missing })}</p>
      )}
      {asks === 'name' ? (
        <Sheet heading={say('shelf.rename')} onClose={() => setAsks(null)}>
          <ListNameForm
            label={say('shelf.list-name')}
            submit={say('shelf.rename')}
            before={list.name}
            onName={async (name) => {
              await rename.mutateAsync(name)
              setAsks(null)
            }}
          />
        </Sheet>
      ) : asks === 'drop' ? (
        <Sheet
          heading={say('shelf.drop-question', { name: list.name })}
          onClose={() => setAsks(null)}
          foot={
            <Button
              variant="primary"
              isBusy={drop.isPending}
              onClick={() =>
                drop.mutate(undefined, {
                  onSuccess: () => onDone(say('shelf.dropped', { name: list.name })),
                  onError: () => onDone(say('shelf.not-done')),
                  onSettled: () => setAsks(null),
                })
              }
            >
              {say('shelf.drop-list')}
            </Button>
          }
        >
          <p>{say('shelf.drop-note')}</p>
        </Sheet>
      ) : null}
    </section>
  )
}
