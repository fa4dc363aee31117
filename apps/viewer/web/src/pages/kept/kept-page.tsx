import { useState, type ReactNode } from 'react'
import type { KeptPage as Answer } from '#api'
import { useKept, useKeptAct } from '../../api/kept-queries.ts'
import { codeOf } from '../../api/request.ts'
import { useSettings } from '../../api/shelf-queries.ts'
import { Button, ButtonLink } from '../../design/button.tsx'
import { EmptyState } from '../../design/empty-state.tsx'
import { Notice } from '../../design/notice.tsx'
import { Toast, type ToastProps } from '../../design/toast.tsx'
import { useText } from '../../i18n/text.tsx'
import { Fault } from '../../parts/fault.tsx'
import { GrownUpsOnly } from '../../parts/grown-ups-only.tsx'
import { Loading } from '../../parts/loading.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { addresses } from '../../routing/addresses.ts'
import { Page } from '../../routing/page.tsx'
import { GivingSettings } from './giving-settings.tsx'
import { GivingStory } from './giving-story.tsx'
import { KeptLine } from './kept-line.tsx'
import './kept-page.css'

/** What was done, and how it can be undone. */
export interface KeptNews {
  readonly words: string
  readonly act?: NonNullable<ToastProps['act']>
}

/** What is kept for offline and given to others: how each stands, and within what limits. */
export function KeptPage(): ReactNode {
  const { say } = useText()
  const kept = useKept()
  const settings = useSettings()
  const [news, setNews] = useState<KeptNews | null>(null)
  return (
    <Page title={say('kept.heading')} className="kept">
      <PageHead
        within={{ href: addresses.shelf, words: say('shelf.heading') }}
        heading={say('kept.heading')}
        lead={say('kept.lead')}
      />
      {codeOf(kept.error) === 'grown-ups' ? (
        <GrownUpsOnly />
      ) : kept.data !== undefined ? (
        <>
          <Notices kept={kept.data} />
          <Works kept={kept.data} onNews={setNews} />
          <GivingStory kept={kept.data} />
          {settings.data === undefined ? null : <GivingSettings answer={settings.data} />}
        </>
      ) : kept.isError ? (
        <Fault error={kept.error} onAgain={() => void kept.refetch()} />
      ) : (
        <Loading words={say('kept.loading')} />
      )}
      <Toast
        words={news?.words ?? null}
        {...(news?.act === undefined ? {} : { act: news.act })}
        onGone={() => setNews(null)}
      />
    </Page>
  )
}

function Notices({ kept }: { readonly kept: Answer }): ReactNode {
  const { say } = useText()
  const { isReadable, hasNetwork, isPaused, works } = kept
  return (
    <div className="kept-notices">
      {isReadable ? null : (
        <Notice kind="warning" heading={say('kept.newer')}>
          {say('kept.newer-note')}
        </Notice>
      )}
      {hasNetwork ? null : (
        <Notice kind="note" heading={say('kept.no-network')}>
          {say('kept.no-network-note')}
        </Notice>
      )}
      {isPaused && works.length > 0 ? (
        <Notice kind="note" heading={say('kept.all-paused')}>
          {say('kept.all-paused-note')}
        </Notice>
      ) : null}
    </div>
  )
}

function Works({
  kept,
  onNews,
}: {
  readonly kept: Answer
  readonly onNews: (news: KeptNews) => void
}): ReactNode {
  const { say } = useText()
  const { works, isPaused, isReadable } = kept
  const pause = useKeptAct((client, to: boolean) => client.pauseAll(to))
  if (works.length === 0)
    return isReadable ? (
      <EmptyState
        picture="seats"
        heading={say('kept.nothing')}
        note={say('kept.nothing-note')}
        act={<ButtonLink href={addresses.tonight}>{say('missing.back')}</ButtonLink>}
      />
    ) : null
  return (
    <section className="kept-section" aria-labelledby="kept-works">
      <div className="kept-head">
        <h2 id="kept-works">{say('kept.works', { count: works.length })}</h2>
        <Button
          variant="outline"
          size="small"
          isBusy={pause.isPending}
          onClick={() =>
            pause.mutate(!isPaused, { onError: () => onNews({ words: say('shelf.not-done') }) })
          }
        >
          {say(isPaused ? 'kept.go-on-all' : 'kept.pause-all')}
        </Button>
      </div>
      <ul className="kept-list">
        {works.map((work) => (
          <KeptLine key={work.id} work={work} onNews={onNews} />
        ))}
      </ul>
    </section>
  )
}
