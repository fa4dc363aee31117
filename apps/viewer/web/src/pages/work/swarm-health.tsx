import { useEffect, type ReactNode } from 'react'
import type { WorkDetails, WorkHealth } from '#api'
import { useClient } from '../../api/client-context.tsx'
import { useWorkHealth } from '../../api/work-queries.ts'
import { HealthDots } from '../../design/health-dots.tsx'
import type { TextKey } from '../../i18n/text-key.ts'
import { useText } from '../../i18n/text.tsx'

const ANSWERS: Readonly<Record<WorkHealth['kind'], TextKey>> = {
  off: 'health.off',
  measuring: 'health.measuring',
  straight: 'health.straight',
  'may-pause': 'health.may-pause',
  'slow-start': 'health.slow-start',
  'web-only': 'health.web-only',
  nobody: 'health.nobody',
  here: 'health.here',
}

/** How the work would play now. Preparing starts with this page and ends with it. */
export function SwarmHealth({ work }: { readonly work: WorkDetails }): ReactNode {
  const { say } = useText()
  const client = useClient()
  const workId = work.card.id
  const canBePrepared = work.offered && (work.releases.length > 0 || work.seasons.length > 0)
  useEffect(() => {
    if (!canBePrepared) return undefined
    const cool = (): void => void client.coolWork(workId).catch(() => undefined)
    // What can't be prepared says so in its health.
    client
      .warmWork(workId, { episodeId: work.nextEpisodeId, releaseId: null })
      .catch(() => undefined)
    addEventListener('pagehide', cool)
    return () => {
      removeEventListener('pagehide', cool)
      cool()
    }
  }, [client, workId, canBePrepared, work.nextEpisodeId])
  const { data: health } = useWorkHealth(workId, canBePrepared)
  if (!canBePrepared) return null
  const kind = health?.kind ?? 'measuring'
  return (
    <div className="work-health">
      <HealthDots
        people={kind === 'measuring' ? null : (health?.people ?? null)}
        answer={say(ANSWERS[kind])}
        note={health === undefined ? say('health.measuring-note') : noteOf(health, say)}
      />
    </div>
  )
}

function noteOf(
  { kind, people, webSeeds, onDisk }: WorkHealth,
  say: ReturnType<typeof useText>['say'],
): string {
  switch (kind) {
    case 'off':
      return say('health.off-note')
    case 'measuring':
      return say('health.measuring-note')
    case 'here':
      return say('health.here-note')
    case 'nobody':
      return say(onDisk > 0 ? 'health.nobody-part-note' : 'health.nobody-note')
    case 'web-only':
      return say('health.web-only-note', { count: webSeeds })
    case 'straight':
    case 'may-pause':
    case 'slow-start':
      return webSeeds > 0
        ? say('health.people-and-web', { count: people })
        : say('health.people', { count: people })
  }
}
