import { Download } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { KeptOfWork, WorkDetails } from '#api'
import { useKeptOfWork } from '../../api/kept-queries.ts'
import { useSettings } from '../../api/shelf-queries.ts'
import { Button, ButtonLink } from '../../design/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { addresses } from '../../routing/addresses.ts'
import { KeepSheet } from './keep-sheet.tsx'

/** Keeps a work for offline, and says how far that is. Nothing where it may not be asked for. */
export function KeepButton({ work }: { readonly work: WorkDetails }): ReactNode {
  const { say } = useText()
  const [isOpen, setOpen] = useState(false)
  const { data } = useKeptOfWork(work.card.id)
  const mayKeep = useMayKeep()
  if (data === undefined || !mayKeep) return null
  const part = keptPart(data)
  if (part !== null)
    return (
      <ButtonLink variant="on-panel-outline" icon={Download} href={addresses.kept}>
        <span className="work-act">
          {part < 1 ? say('keep.coming', { percent: Math.floor(part * 100) }) : say('keep.kept')}
        </span>
      </ButtonLink>
    )
  if (!work.offered) return null
  return (
    <>
      <Button
        variant="on-panel-outline"
        icon={Download}
        title={say('keep.keep')}
        onClick={() => setOpen(true)}
      >
        <span className="work-act">{say('keep.keep')}</span>
      </Button>
      {isOpen ? (
        <KeepSheet
          workId={work.card.id}
          title={work.card.title}
          episodeIds={null}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}

/** Keeps one episode or a season. */
export function KeepEpisodes({
  work,
  episodeIds,
  title,
  words,
}: {
  readonly work: WorkDetails
  readonly episodeIds: readonly string[]
  /** Of the episode or season. */
  readonly title: string
  readonly words: string
}): ReactNode {
  const { say } = useText()
  const [isOpen, setOpen] = useState(false)
  const { data } = useKeptOfWork(work.card.id)
  const mayKeep = useMayKeep()
  if (data === undefined || !mayKeep || !work.offered || episodeIds.length === 0) return null
  const isKept = episodeIds.every((id) =>
    data.releases.some((release) => release.episodeIds?.includes(id) ?? true),
  )
  if (isKept)
    return (
      <ButtonLink variant="quiet" size="small" icon={Download} href={addresses.kept}>
        {say('keep.kept')}
      </ButtonLink>
    )
  return (
    <>
      <Button
        variant="quiet"
        size="small"
        icon={Download}
        aria-label={`${words}: ${title}`}
        onClick={() => setOpen(true)}
      >
        {words}
      </Button>
      {isOpen ? (
        <KeepSheet
          workId={work.card.id}
          title={title}
          episodeIds={[...episodeIds]}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}

/** Keeping takes room on a disk that everybody shares: it's for grown-ups, as the server says, too. */
function useMayKeep(): boolean {
  return useSettings().data?.profile.isChild === false
}

/** How much of what is kept is here, 0 to 1; null = nothing is kept. */
function keptPart({ releases }: KeptOfWork): number | null {
  if (releases.length === 0) return null
  const bytes = releases.reduce((sum, release) => sum + release.bytes, 0)
  const here = releases.reduce((sum, release) => sum + release.hereBytes, 0)
  return bytes === 0 ? 0 : here / bytes
}
