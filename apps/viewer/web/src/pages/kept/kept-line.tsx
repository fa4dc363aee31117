import { Pause, Play, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { KeptWork } from '#api'
import { useKeptAct, useKeptClient } from '../../api/kept-queries.ts'
import { Button } from '../../design/button.tsx'
import { ProgressLine } from '../../design/progress-line.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { Toggle } from '../../design/toggle.tsx'
import { useText } from '../../i18n/text.tsx'
import { addresses } from '../../routing/addresses.ts'
import { rateWords, sizeWords } from '../settings/byte-words.ts'
import type { KeptNews } from './kept-page.tsx'
import { isHere, stateSentence } from './kept-words.ts'

/** A release that is kept: how it stands, what came and went, and what can be done with it. */
export function KeptLine({
  work,
  onNews,
}: {
  readonly work: KeptWork
  readonly onNews: (news: KeptNews) => void
}): ReactNode {
  const { say, language } = useText()
  const [asksRemoval, setAsksRemoval] = useState(false)
  const change = useKeptAct((client, to: { isPaused?: boolean; isAdopted?: boolean }) =>
    client.change(work.id, to),
  )
  const { bytes, hereBytes, isPaused, state, episodeIds } = work
  const title = work.card?.title ?? work.title
  const sentence = stateSentence(state, language)
  const failed = (): void => onNews({ words: say('shelf.not-done') })
  const isStopped = state.kind === 'withdrawn' || state.kind === 'gone'
  return (
    <li className="kept-line">
      <div className="kept-words">
        <h3>
          <Link href={addresses.work(work.workId)} dir="auto">
            {title}
          </Link>
        </h3>
        {episodeIds === null ? null : (
          <p className="note">{say('kept.episodes', { count: episodeIds.length })}</p>
        )}
        <p className="kept-state">
          {say(sentence.key, sentence.values)}
          {work.isAdopted ? ` ${adoptionWords()}` : null}
        </p>
        {isHere(work) ? null : <ProgressLine part={bytes === 0 ? 0 : hereBytes / bytes} />}
        <Facts work={work} />
      </div>
      <div className="kept-acts">
        {isStopped ? null : (
          <>
            <Button
              variant="outline"
              size="small"
              icon={isPaused ? Play : Pause}
              aria-label={say(isPaused ? 'kept.go-on-named' : 'kept.pause-named', { title })}
              isBusy={change.isPending}
              onClick={() => change.mutate({ isPaused: !isPaused }, { onError: failed })}
            >
              {say(isPaused ? 'kept.go-on' : 'kept.pause')}
            </Button>
            <Button
              variant="outline"
              size="small"
              aria-pressed={work.isAdopted}
              aria-label={say('kept.adopted-named', { title })}
              onClick={() => change.mutate({ isAdopted: !work.isAdopted }, { onError: failed })}
            >
              {say('kept.adopted')}
            </Button>
          </>
        )}
        <Button
          variant="quiet"
          size="small"
          icon={Trash2}
          aria-label={say('kept.remove-named', { title })}
          onClick={() => setAsksRemoval(true)}
        >
          {say('kept.remove')}
        </Button>
      </div>
      {asksRemoval ? (
        <RemovalSheet
          work={work}
          title={title}
          onNews={onNews}
          onClose={() => setAsksRemoval(false)}
        />
      ) : null}
    </li>
  )

  function adoptionWords(): string {
    const { others } = work
    if (others === null) return say('kept.adopted-words')
    return `${say('kept.adopted-words')} ${say('keep.others', { count: others })}`
  }
}

function Facts({ work }: { readonly work: KeptWork }): ReactNode {
  const { say, language } = useText()
  const { rates, hereBytes, bytes, takenBytes, givenBytes, people } = work
  const size = (amount: number): string => sizeWords(amount, language)
  return (
    <p className="kept-facts">
      <span>
        {isHere(work)
          ? size(bytes)
          : say('kept.here-of', { here: size(hereBytes), all: size(bytes) })}
      </span>
      {people === 0 ? null : <span>{say('kept.people', { count: people })}</span>}
      <span>{say('kept.down-now', { rate: rateWords(rates.downBytesPerSecond, language) })}</span>
      <span>{say('kept.up-now', { rate: rateWords(rates.upBytesPerSecond, language) })}</span>
      <span>{say('kept.both', { taken: size(takenBytes), given: size(givenBytes) })}</span>
    </p>
  )
}

/** Asks what becomes of the files; afterwards it can be taken back for some seconds. */
function RemovalSheet({
  work,
  title,
  onNews,
  onClose,
}: {
  readonly work: KeptWork
  readonly title: string
  readonly onNews: (news: KeptNews) => void
  readonly onClose: () => void
}): ReactNode {
  const { say, language } = useText()
  const client = useKeptClient()
  const [withData, setWithData] = useState(true)
  const restore = useKeptAct(() => client.giveBack(work.id))
  const remove = useKeptAct(() => client.remove(work.id, withData))
  // NOTE: promises, because the line is gone when they are kept.
  const undo = (): void => {
    restore.mutateAsync(undefined).catch(() => onNews({ words: say('kept.too-late') }))
  }
  const press = (): void => {
    remove
      .mutateAsync(undefined)
      .then(
        () =>
          onNews({
            words: say('kept.removed', { title }),
            act: { label: say('kept.undo'), onPress: undo },
          }),
        () => onNews({ words: say('shelf.not-done') }),
      )
      .finally(onClose)
  }
  return (
    <Sheet
      heading={say('kept.remove-question', { title })}
      onClose={onClose}
      foot={
        <Button variant="primary" isBusy={remove.isPending} onClick={press}>
          {say('kept.remove')}
        </Button>
      }
    >
      <p>{say('kept.remove-note')}</p>
      <Toggle
        label={say('kept.with-data', { size: sizeWords(work.hereBytes, language) })}
        note={say('kept.with-data-note')}
        isOn={withData}
        onChange={setWithData}
      />
    </Sheet>
  )
}
