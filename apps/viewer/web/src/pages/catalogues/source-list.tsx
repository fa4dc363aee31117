import { CircleCheck, CircleDashed, FolderOpen, Globe, TriangleAlert, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import type { FeedSourceState } from '#api'
import { useText } from '../../i18n/text.tsx'
import { useNow } from '../../parts/now.ts'
import { sourceSentence } from './feed-words.ts'

const SIGNS = { good: CircleCheck, bad: TriangleAlert, unknown: CircleDashed } as const
const KINDS = {
  https: { Icon: Globe, key: 'feeds.web' },
  folder: { Icon: FolderOpen, key: 'feeds.folder' },
  swarm: { Icon: Users, key: 'feeds.swarm' },
} as const

/** Where a feed comes from, each with how it went there last; those with a problem say which. */
export function SourceList({
  sources,
}: {
  readonly sources: readonly FeedSourceState[]
}): ReactNode {
  const { say, language } = useText()
  const now = useNow()
  return (
    <ul className="sources">
      {sources.map((source) => {
        const { kind, sentence } = sourceSentence(source, now, language)
        const { Icon, key } = KINDS[source.kind]
        const Sign = SIGNS[kind]
        const since = kind === 'bad' ? source.why : null
        return (
          <li key={source.address} className={`source is-${kind}`}>
            <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
            <span className="source-words">
              <span className="for-readers">{say(key)}: </span>
              <span className="feed-address">{source.address}</span>
              <span className="source-state">
                <Sign size={16} strokeWidth={1.75} aria-hidden="true" />
                <span>
                  {say(sentence.key, sentence.values)}
                  {since === null ? null : <code> {since}</code>}
                </span>
              </span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
