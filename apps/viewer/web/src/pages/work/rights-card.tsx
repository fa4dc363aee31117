import type { ReactNode } from 'react'
import type { RightsSlip, SlipAnswer, Withdrawal } from '#api'
import { Slip, SlipFacts, SlipWords } from '../../design/slip.tsx'
import { SlipVerb, SlipVerbs } from '../../design/slip-verb.tsx'
import type { Say } from '../../i18n/say.ts'
import type { TextKey } from '../../i18n/text-key.ts'
import { useText } from '../../i18n/text.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'

const ANSWERS: Readonly<Record<SlipAnswer, TextKey>> = {
  yes: 'rights.yes',
  'yes-but': 'rights.yes-but',
  depends: 'rights.depends',
  'no-longer': 'rights.no-longer',
  no: 'rights.no',
}

const SIGNS = { yes: 'yes', 'yes-if': 'yes', no: 'no', unknown: 'depends' } as const

/** The card "May I watch and share this?", and what stands behind its answer. */
export function RightsCard({
  rights,
  withdrawal,
}: {
  readonly rights: RightsSlip
  /** The decision that acts; null = none. */
  readonly withdrawal: Withdrawal | null
}): ReactNode {
  const { say } = useText()
  const facts = withdrawal === null ? factsOf(rights, say) : withdrawnFacts(rights, withdrawal, say)
  return (
    <Slip
      question={say('rights.question')}
      answer={say(ANSWERS[rights.answer])}
      stub={
        <>
          <SlipFacts facts={facts} />
          {withdrawal !== null || rights.attribution === '' ? null : (
            <Credit words={rights.attribution} />
          )}
        </>
      }
    >
      <SlipWords>{rights.sentence}</SlipWords>
      <SlipVerbs>
        {rights.permissions.map(({ use, label, kind, words }) => (
          <SlipVerb key={use} answer={SIGNS[kind]} verb={label} words={words} />
        ))}
      </SlipVerbs>
    </Slip>
  )
}

interface Fact {
  readonly name: string
  readonly value: ReactNode
}

/** Why it isn't offered any more; what the record said of its rights is history. */
function withdrawnFacts(
  { source }: RightsSlip,
  { by, reason, note }: Withdrawal,
  say: Say,
): readonly Fact[] {
  return [
    {
      name: say('withdrawn.why'),
      value: note === null ? reason : [reason, ' ', <q key="note">{note}</q>],
    },
    { name: say('withdrawn.decided'), value: by },
    { name: say('rights.from'), value: source },
  ]
}

function factsOf(rights: RightsSlip, say: Say): readonly Fact[] {
  return [
    {
      name: say('rights.licence'),
      value: <Outside words={rights.licence.name} url={rights.licence.url} />,
    },
    { name: say('rights.where'), value: rights.where },
    ...(rights.evidence.length === 0
      ? []
      : [
          {
            name: say('rights.evidence'),
            value: rights.evidence.map(({ words, url, date }) => (
              <span key={`${words} ${url ?? ''}`} className="slip-line">
                <Outside words={words} url={url} />
                {date === null ? '' : `, ${date}`}
              </span>
            )),
          },
        ]),
    { name: say('rights.checked'), value: rights.checked ?? say('rights.unchecked') },
    { name: say('rights.sure'), value: rights.confidence },
    ...(rights.missing.length === 0
      ? []
      : [
          {
            name: say('rights.missing'),
            value: rights.missing.map((words) => (
              <span key={words} className="slip-line">
                {words}
              </span>
            )),
          },
        ]),
    { name: say('rights.from'), value: rights.source },
  ]
}

function Outside({
  words,
  url,
}: {
  readonly words: string
  readonly url: string | null
}): ReactNode {
  const { say } = useText()
  if (url === null) return words
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {words}
      <span className="for-readers"> {say('work.outside')}</span>
    </a>
  )
}

/** The credit, ready to be copied. */
function Credit({ words }: { readonly words: string }): ReactNode {
  const { say } = useText()
  return (
    <div className="slip-credit">
      <p>{words}</p>
      <CopyButton text={words} size="small">
        {say('rights.copy')}
      </CopyButton>
    </div>
  )
}
