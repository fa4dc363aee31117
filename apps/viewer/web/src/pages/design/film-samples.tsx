import { Bookmark, Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../design/button.tsx'
import { ContinueCard } from '../../design/continue-card.tsx'
import { HealthDots } from '../../design/health-dots.tsx'
import { Hero } from '../../design/hero.tsx'
import { PosterCard } from '../../design/poster-card.tsx'
import { PosterRow } from '../../design/poster-row.tsx'
import { Programme, ProgrammeLine } from '../../design/programme-line.tsx'
import { SectionLabel } from '../../design/section-label.tsx'
import { SlipVerb, SlipVerbs } from '../../design/slip-verb.tsx'
import { Slip, SlipFacts, SlipWords } from '../../design/slip.tsx'
import { EpisodeFrame } from '../../poster/episode-frame.tsx'
import { inksOf } from '../../poster/palette.ts'
import type { PosterRecord } from '../../poster/poster-record.ts'
import { SAMPLE_WORKS } from './sample-works.ts'

/** Films: hero, rows, cards in all their states, lines, slip. */
export function FilmSamples({ room }: { readonly room: 'house' | 'sheet' }): ReactNode {
  const [first, second, third, fourth] = SAMPLE_WORKS
  const series = SAMPLE_WORKS.at(-1)
  const long = SAMPLE_WORKS[6]
  if (!first || !second || !third || !fourth || !series || !long) return null
  return (
    <>
      <SampleHero record={long} />
      <section>
        <SampleHero record={series} />
      </section>
      <PosterRow
        heading={room === 'house' ? 'Silent, and loud' : 'From the open studio'}
        note="A century old and still in a hurry. Scores included where they’re free too."
        all={{ href: '/films', text: 'All 84' }}
      >
        {SAMPLE_WORKS.map((record) => (
          <PosterCard
            key={record.id}
            record={record}
            href={`/design#${record.id}`}
            facts={`${record.year}, 94 min`}
          />
        ))}
      </PosterRow>
      <section>
        <h3>
          Poster cards: kept and begun, watched, loading, withdrawn, not offered, a long title
        </h3>
        <div className="samples">
          {[
            <PosterCard
              key="1"
              record={first}
              href="/design"
              facts="2010, 15 min"
              isKept
              progress={0.4}
            />,
            <PosterCard key="2" record={second} href="/design" facts="1922, 94 min" isWatched />,
            <PosterCard
              key="3"
              record={third}
              href="/design"
              facts="1929, 68 min"
              state="loading"
            />,
            <PosterCard key="4" record={fourth} href="/design" state="withdrawn" />,
            <PosterCard key="5" record={long} href="/design" state="not-offered" />,
            <PosterCard
              key="6"
              record={{
                ...first,
                id: 'long',
                title: 'The Englishman Who Went Up a Hill But Came Down a Mountain',
              }}
              href="/design"
              facts="1995, 99 min"
            />,
          ].map((card) => (
            <div className="poster-sample" key={card.key}>
              {card}
            </div>
          ))}
        </div>
      </section>
      <section>
        <SectionLabel heading="Carry on" />
        <div className="samples">
          {SAMPLE_WORKS.slice(0, 7).map((record, at) => (
            <div className="still-sample" key={record.id}>
              <ContinueCard
                record={record}
                href="/design"
                facts="11 minutes left"
                progress={0.2 + at / 10}
              />
            </div>
          ))}
        </div>
      </section>
      <section>
        <SectionLabel heading="Short tonight" note="Start now and you’re out by…" />
        <Programme>
          <ProgrammeLine
            href="/design"
            time="20:27"
            title="Coffee Run"
            maker="Hjalti Hjálmarsson, 2020"
            length="3 min"
          />
          <ProgrammeLine
            href="/design"
            time="20:31"
            title="Spring"
            maker="Andy Goralczyk, 2019"
            length="7 min"
          />
          <ProgrammeLine
            href="/design"
            time="20 h 34"
            title="A film whose title is long enough to need two lines on a phone"
            length="10 min"
          />
        </Programme>
      </section>
      <section className="samples columns">
        <SampleSlip
          question={room === 'house' ? 'May I watch and share this?' : 'May I show it in public?'}
        />
        <div>
          <HealthDots
            people={26}
            answer="It plays straight away."
            note="26 people share the whole film now."
          />
          <HealthDots people={2} answer="It may pause." note="Only 2 people have it." />
          <HealthDots people={null} answer="Looking for people" note="Nobody was asked yet." />
        </div>
        <div className="samples columns">
          {[1, 2, 3].map((number) => (
            <EpisodeFrame
              key={number}
              inks={inksOf(series)}
              number={number}
              place={number - 1}
              count={3}
            />
          ))}
        </div>
      </section>
    </>
  )
}

function SampleHero({ record }: { readonly record: PosterRecord }): ReactNode {
  return (
    <Hero
      record={record}
      label="Tonight’s feature"
      facts={`${record.makers.join(', ')}, ${record.year}. 75 minutes, silent with music.`}
      acts={
        <>
          <Button variant="on-panel" icon={Play} isIconFilled>
            Play
          </Button>
          <Button variant="on-panel-outline" icon={Bookmark}>
            Keep
          </Button>
        </>
      }
      outBy="Out by 21:39"
    />
  )
}

function SampleSlip({ question }: { readonly question: string }): ReactNode {
  return (
    <Slip
      question={question}
      answer="Yes, but."
      stub={
        <SlipFacts
          facts={[
            { name: 'Licence', value: <a href="#licence">Creative Commons BY-NC-SA 4.0</a> },
            { name: 'Where', value: 'Everywhere' },
          ]}
        />
      }
    >
      <SlipWords>Watch it and pass it on freely. Any showing must be free of charge.</SlipWords>
      <SlipVerbs>
        <SlipVerb answer="yes" verb="Watch and keep" words="yes" />
        <SlipVerb answer="depends" verb="Show it in public" words="if nobody pays" />
        <SlipVerb answer="no" verb="Make money with it" words="no" />
      </SlipVerbs>
    </Slip>
  )
}
