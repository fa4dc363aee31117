import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { WorkDetails } from '#api'
import { useText } from '../../i18n/text.tsx'
import { addresses } from '../../routing/addresses.ts'

/** Where the work stands elsewhere: on lists here, on pages outside. */
export function LinkList({ work }: { readonly work: WorkDetails }): ReactNode {
  const { say } = useText()
  if (work.links.length === 0 && work.lists.length === 0) return null
  return (
    <section className="work-section">
      <h2>{say('work.links')}</h2>
      <ul className="work-links">
        {work.lists.map(({ id, title }) => (
          <li key={id}>
            <Link href={addresses.list(id)}>{say('work.on-list', { title })}</Link>
          </li>
        ))}
        {work.links.map(({ url, title }) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noreferrer noopener">
              {title ?? new URL(url).hostname}
              <ExternalLink size={16} strokeWidth={1.75} aria-hidden="true" />
              <span className="for-readers"> {say('work.outside')}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
