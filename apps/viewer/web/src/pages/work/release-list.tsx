import { Play } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ReleaseCard, WorkDetails } from '#api'
import { Button } from '../../design/button.tsx'
import { languageName } from '../../i18n/display-names.ts'
import { listText } from '../../i18n/list-text.ts'
import { useText } from '../../i18n/text.tsx'
import { usePlayer } from '../../player/player-context.tsx'
import type { Words } from '../../words/card-words.ts'
import { sizeWords } from '../settings/byte-words.ts'

/** The copies of a film that there are, each to be played. */
export function ReleaseList({ work }: { readonly work: WorkDetails }): ReactNode {
  const words = useText()
  const { say, language } = words
  const { play } = usePlayer()
  return (
    <section className="work-section">
      <h2>{say('work.releases')}</h2>
      <ul className="releases">
        {work.releases.map((release) => (
          <li key={release.id} className="release">
            <strong className="release-label">{release.label}</strong>
            <span className="release-words">
              {releaseWords(release, words)}
              {release.plays ? null : (
                <span className="release-legacy">{say('work.not-in-browser')}</span>
              )}
              {release.kind === 'legacy' ? (
                <span className="release-legacy">{say('work.legacy')}</span>
              ) : null}
            </span>
            <span className="release-size">
              {release.lengthBytes === null ? '' : sizeWords(release.lengthBytes, language)}
            </span>
            {work.offered ? (
              <Button
                variant="outline"
                size="small"
                icon={Play}
                isIconFilled
                aria-label={say('work.play-named', { title: release.label })}
                onClick={() => play({ workId: work.card.id, releaseId: release.id })}
              >
                {say('work.play-this')}
              </Button>
            ) : (
              <span className="release-size">{say('work.not-here')}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** `English, subtitles in 9 languages` */
function releaseWords(
  { languages, subtitles, descriptions }: ReleaseCard,
  { say, language }: Words,
): string {
  const spoken = languages.filter((tag) => tag !== 'zxx').map((tag) => languageName(tag, language))
  const parts = languages.includes('zxx') ? [say('card.wordless')] : spoken
  if (subtitles.length > 3) parts.push(say('work.subtitles', { count: subtitles.length }))
  else if (subtitles.length > 0)
    parts.push(
      say('work.subtitles-in', {
        languages: listText(
          subtitles.map((tag) => languageName(tag, language)),
          language,
        ),
      }),
    )
  if (descriptions.length > 0)
    parts.push(
      say('work.described-in', {
        languages: listText(
          descriptions.map((tag) => languageName(tag, language)),
          language,
        ),
      }),
    )
  return parts.join(', ')
}
