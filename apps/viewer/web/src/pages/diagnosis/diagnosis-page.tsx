import { RefreshCw, Search } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { useDhtTest, useDiagnosis, useFeedTest, useUpdate } from '../../api/diagnosis-queries.ts'
import { codeOf } from '../../api/request.ts'
import { Button, ButtonLink } from '../../design/button.tsx'
import { Notice } from '../../design/notice.tsx'
import type { Sentence } from '../../i18n/text-key.ts'
import { useText } from '../../i18n/text.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Fault } from '../../parts/fault.tsx'
import { GrownUpsOnly } from '../../parts/grown-ups-only.tsx'
import { Loading } from '../../parts/loading.tsx'
import { useNow } from '../../parts/now.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { addresses } from '../../routing/addresses.ts'
import { Page } from '../../routing/page.tsx'
import { browserFacts } from './browser-facts.ts'
import { diagnosisReport } from './diagnosis-report.ts'
import { diagnosisRows, type DiagnosisFacts } from './diagnosis-rows.ts'
import { headline, type DiagnosisRow, type RowAct, type RowState } from './diagnosis-row.ts'
import { UpdateLine } from './update-line.tsx'
import './diagnosis-page.css'

/** How everything stands on this computer, in words, with what to do about it. */
export function DiagnosisPage(): ReactNode {
  const { say } = useText()
  const diagnosis = useDiagnosis()
  const update = useUpdate()
  const browser = useMemo(browserFacts, [])
  const error = diagnosis.error ?? update.error
  return (
    <Page title={say('diagnosis.heading')} className="diagnosis">
      <PageHead
        within={{ href: addresses.settings, words: say('settings.heading') }}
        heading={say('diagnosis.heading')}
        lead={say('diagnosis.lead')}
      />
      {codeOf(error) === 'grown-ups' ? (
        <GrownUpsOnly />
      ) : diagnosis.data !== undefined && update.data !== undefined ? (
        <Findings facts={{ diagnosis: diagnosis.data, update: update.data, browser }} />
      ) : error !== null ? (
        <Fault
          error={error}
          onAgain={() => {
            void diagnosis.refetch()
            void update.refetch()
          }}
        />
      ) : (
        <Loading words={say('diagnosis.loading')} />
      )}
    </Page>
  )
}

const SIGNS = { fine: 'good', better: 'warning', broken: 'broken', unknown: 'note' } as const

const STATE_WORDS = {
  fine: 'diagnosis.fine',
  better: 'diagnosis.better',
  broken: 'diagnosis.broken',
  unknown: 'diagnosis.unknown',
} as const satisfies Record<RowState, Sentence['key']>

function Findings({ facts }: { readonly facts: DiagnosisFacts }): ReactNode {
  const { say, language } = useText()
  const now = useNow()
  const rows = diagnosisRows(facts, now, language)
  const { sentence } = headline(rows)
  return (
    <>
      <h2 className="diagnosis-sum">{say(sentence.key, sentence.values)}</h2>
      <ul className="diagnosis-rows">
        {rows.map((row) => (
          <li key={row.id} data-row={row.id} data-state={row.state}>
            <Row row={row} />
          </li>
        ))}
      </ul>
      <UpdateLine update={facts.update} />
      <Report text={diagnosisReport(facts, rows)} />
    </>
  )
}

function Row({ row }: { readonly row: DiagnosisRow }): ReactNode {
  const { say } = useText()
  const name = say(row.name.key, row.name.values)
  return (
    <Notice
      kind={SIGNS[row.state]}
      heading={`${name}: ${say(STATE_WORDS[row.state])}`}
      {...(row.act === null ? {} : { act: <Act act={row.act} name={name} /> })}
    >
      <p>{row.says.map(({ key, values }) => ended(say(key, values))).join(' ')}</p>
      {row.named.length === 0 ? null : (
        <ul className="diagnosis-named">
          {row.named.map(({ what, says }) => (
            <li key={`${what} ${says?.key ?? ''}`}>
              <span className="diagnosis-what">{what}</span>
              {says === null ? null : <> {say(says.key, says.values)}</>}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

/** Some of the words stand by themselves elsewhere, without a full stop. */
function ended(words: string): string {
  return /[.?…]$/u.test(words) ? words : `${words}.`
}

function Act({ act, name }: { readonly act: RowAct; readonly name: string }): ReactNode {
  const { say } = useText()
  const dht = useDhtTest()
  const feed = useFeedTest()
  switch (act.kind) {
    case 'try-dht':
      return (
        <Button
          size="small"
          icon={Search}
          isBusy={dht.isPending}
          aria-label={say('diagnosis.test-named', { name })}
          onClick={() => dht.mutate()}
        >
          {say(dht.isPending ? 'diagnosis.testing' : 'diagnosis.test')}
        </Button>
      )
    case 'refresh': {
      const isBusy = act.isBusy || feed.isPending
      return (
        <Button
          size="small"
          icon={RefreshCw}
          isBusy={isBusy}
          aria-label={say('diagnosis.test-named', { name })}
          onClick={() => feed.mutate(act.feedId)}
        >
          {say(isBusy ? 'diagnosis.testing' : 'diagnosis.test')}
        </Button>
      )
    }
    case 'settings':
      return (
        <ButtonLink size="small" href={addresses.settings}>
          {say('settings.heading')}
        </ButtonLink>
      )
    case 'update':
      return null
  }
}

/** What may be given to strangers, shown before it's copied. */
function Report({ text }: { readonly text: string }): ReactNode {
  const { say } = useText()
  return (
    <section className="diagnosis-report">
      <h2>{say('diagnosis.report')}</h2>
      <p className="note">{say('diagnosis.report-note')}</p>
      <pre tabIndex={0} lang="en" dir="ltr" aria-label={say('diagnosis.report')}>
        {text}
      </pre>
      <CopyButton text={text}>{say('diagnosis.copy')}</CopyButton>
    </section>
  )
}
