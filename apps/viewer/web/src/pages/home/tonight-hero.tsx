import { Play, Shuffle } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { useTonight } from '../../api/programme-queries.ts'
import { Button } from '../../design/button.tsx'
import { Hero } from '../../design/hero.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { useText } from '../../i18n/text.tsx'
import { useNow } from '../../parts/now.ts'
import { usePlayer } from '../../player/player-context.tsx'
import { outBy, wallText } from '../../player/time-text.ts'
import { addresses } from '../../routing/addresses.ts'
import { factsText } from '../../words/card-words.ts'
import { tonightSentence } from '../../words/tonight-words.ts'

/** The server takes this many refused works in one address. */
const MOST_SKIPPED = 40

/** One film, one sentence why, one button; and another one, for as long as there are others. */
export function TonightHero(): ReactNode {
  const words = useText()
  const { say, saySentences, language } = words
  const now = useNow()
  const player = usePlayer()
  const [skip, setSkip] = useState<readonly string[]>([])
  const tonight = useTonight(skip)
  if (tonight.data === undefined)
    return tonight.isError ? null : (
      <>
        <h1 className="for-readers">{say('home.title')}</h1>
        <Skeleton shape="hero" />
      </>
    )
  const { pick } = tonight.data
  if (pick === null) {
    // All were refused: the first one comes again.
    if (skip.length > 0) return <Again onAgain={() => setSkip([])} />
    return <h1 className="home-bare">{say('home.title')}</h1>
  }
  const { work, reason } = pick
  const { durationSeconds } = work
  return (
    <Hero
      record={work}
      titleLanguage={work.titleLanguage}
      stillUrl={work.stillUrl}
      label={say('home.tonight')}
      facts={
        <>
          <p>
            <Link href={addresses.work(work.id)} className="home-facts">
              {factsText(work, words)}
            </Link>
          </p>
          <p className="home-why">{saySentences([tonightSentence(reason, language)])}</p>
        </>
      }
      acts={
        <>
          <Button
            variant="on-panel"
            icon={Play}
            isIconFilled
            onClick={() => player.play({ workId: work.id })}
          >
            {say('card.play')}
          </Button>
          <Button
            variant="on-panel-outline"
            icon={Shuffle}
            isBusy={tonight.isPlaceholderData}
            onClick={() => setSkip([...skip, work.id].slice(-MOST_SKIPPED))}
          >
            {say('home.another')}
          </Button>
        </>
      }
      {...(durationSeconds === null
        ? {}
        : {
            outBy: say('card.out-by', {
              time: wallText(outBy(now, durationSeconds, 0), language),
            }),
          })}
    />
  )
}

function Again({ onAgain }: { readonly onAgain: () => void }): ReactNode {
  const { say } = useText()
  return (
    <section className="home-again">
      <h1>{say('home.that-was-all')}</h1>
      <Button onClick={onAgain}>{say('home.from-the-start')}</Button>
    </section>
  )
}
