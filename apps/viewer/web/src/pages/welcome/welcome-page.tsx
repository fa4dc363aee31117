import { Check, EyeOff, Film, PieChart, SearchX, UserX, Wifi } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Settings, SettingsPage } from '#api'
import { useSaveSettings } from '../../api/shelf-queries.ts'
import { Button } from '../../design/button.tsx'
import { Notice } from '../../design/notice.tsx'
import { pickLanguage } from '../../i18n/language.ts'
import type { TextKey } from '../../i18n/text-key.ts'
import { useText } from '../../i18n/text.tsx'
import { useHistorySteps } from '../../routing/history-steps.ts'
import { sizeWords } from '../settings/byte-words.ts'
import { DiskChoice } from '../settings/disk-choice.tsx'
import { LanguageChoice } from '../settings/language-choice.tsx'
import { PlaceChoice } from '../settings/place-choice.tsx'
import { saveProblem } from '../settings/settings-draft.ts'
import { SharingChoice } from '../settings/sharing-choice.tsx'
import { WelcomeScene } from './welcome-scene.tsx'
import './welcome-page.css'

const STEPS = ['hello', 'sharing', 'keeping', 'ready'] as const

/** The first run: four short questions, each already answered with what we propose. */
export function WelcomePage({ answer }: { readonly answer: SettingsPage }): ReactNode {
  const { say, language } = useText()
  const { step, goTo } = useHistorySteps()
  const [settings, setSettings] = useState<Settings>(() => proposedHere(answer.settings, language))
  const [problem, setProblem] = useState<TextKey | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const save = useSaveSettings()
  const change = (patch: Partial<Settings>): void => {
    setProblem(null)
    setSettings((now) => ({ ...now, ...patch }))
  }
  useEffect(() => heading.current?.focus(), [step])
  const settle = (): void =>
    save.mutate(settings, {
      onError(error) {
        const why = saveProblem(error)
        setProblem(why)
        if (why === 'settings.bad-folder') goTo(STEPS.indexOf('keeping'))
      },
    })
  const words = WORDS[STEPS[step] ?? 'hello']
  return (
    <div className="welcome">
      <WelcomeScene />
      <main className="welcome-words" id="programme">
        <title>{`${say('welcome.title')} · Matinee`}</title>
        <p className="welcome-step">
          {say('welcome.step', { step: step + 1, steps: STEPS.length })}
        </p>
        <h1 ref={heading} tabIndex={-1}>
          {say(words.heading)}
        </h1>
        <p className="lead">{say(words.lead)}</p>
        <div className="welcome-questions">
          {step === 0 ? (
            <>
              <LanguageChoice
                languages={settings.languages}
                subtitles={settings.subtitles}
                onChange={change}
              />
              <PlaceChoice
                countries={answer.countries}
                value={settings.country}
                onChange={change}
              />
            </>
          ) : step === 1 ? (
            <>
              <SwarmSight />
              <SharingChoice value={settings.sharing} onChange={change} />
            </>
          ) : step === 2 ? (
            <DiskChoice
              mediaFolder={settings.mediaFolder}
              diskBudgetBytes={settings.diskBudgetBytes}
              freeBytes={answer.freeBytes}
              usedBytes={answer.usedBytes}
              {...(problem === 'settings.bad-folder' ? { problem: say(problem) } : {})}
              onChange={change}
            />
          ) : (
            <ul className="welcome-summary">
              <Decided>
                {say(settings.sharing === 'share' ? 'settings.share' : 'settings.web-only')}
              </Decided>
              <Decided>
                {settings.country === null
                  ? say('settings.no-country')
                  : (new Intl.DisplayNames(language, { type: 'region' }).of(settings.country) ??
                    settings.country)}
              </Decided>
              <Decided>
                {say('welcome.room', { budget: sizeWords(settings.diskBudgetBytes, language) })}
              </Decided>
              <Decided>{say('welcome.no-telemetry')}</Decided>
            </ul>
          )}
        </div>
        {problem === null || problem === 'settings.bad-folder' ? null : (
          <Notice kind="broken" heading={say(problem)} />
        )}
        <div className="welcome-acts">
          {step === STEPS.length - 1 ? (
            <Button variant="primary" isBusy={save.isPending} onClick={settle}>
              {say('welcome.open')}
            </Button>
          ) : (
            <Button variant="primary" onClick={() => goTo(step + 1)}>
              {say(words.next)}
            </Button>
          )}
          {step > 0 ? (
            <Button variant="quiet" onClick={() => goTo(step - 1)}>
              {say('welcome.back')}
            </Button>
          ) : (
            <Button variant="quiet" isBusy={save.isPending} onClick={settle}>
              {say('welcome.take-proposed')}
            </Button>
          )}
        </div>
        <p className="field-note">{say('welcome.later')}</p>
      </main>
    </div>
  )
}

/** The server knows the system's languages, this browser the viewer's. */
function proposedHere(settings: Settings, language: string): Settings {
  const wished = navigator.languages.map((tag) => tag.split('-')[0] ?? tag)
  const languages = [...new Set([language, ...wished, ...settings.languages])].slice(0, 20)
  const own = pickLanguage(null, navigator.languages)
  return { ...settings, languages, subtitles: own === 'en' ? [] : [own] }
}

const WORDS = {
  hello: {
    heading: 'welcome.hello',
    lead: 'welcome.hello-lead',
    next: 'welcome.hello-next',
  },
  sharing: {
    heading: 'welcome.sharing',
    lead: 'welcome.sharing-lead',
    next: 'welcome.sharing-next',
  },
  keeping: {
    heading: 'welcome.keeping',
    lead: 'welcome.keeping-lead',
    next: 'welcome.keeping-next',
  },
  ready: { heading: 'welcome.ready', lead: 'welcome.ready-lead', next: 'welcome.open' },
} as const satisfies Record<(typeof STEPS)[number], Record<'heading' | 'lead' | 'next', TextKey>>

/** What others in a swarm can see of a viewer, and what they can't. */
function SwarmSight(): ReactNode {
  const { say } = useText()
  return (
    <div className="swarm-sight">
      <section>
        <h2>{say('welcome.sees')}</h2>
        <ul>
          <li>
            <Wifi size={20} strokeWidth={1.75} aria-hidden="true" />
            {say('welcome.sees-address')}
          </li>
          <li>
            <Film size={20} strokeWidth={1.75} aria-hidden="true" />
            {say('welcome.sees-film')}
          </li>
          <li>
            <PieChart size={20} strokeWidth={1.75} aria-hidden="true" />
            {say('welcome.sees-part')}
          </li>
        </ul>
      </section>
      <section>
        <h2>{say('welcome.hidden')}</h2>
        <ul>
          <li>
            <UserX size={20} strokeWidth={1.75} aria-hidden="true" />
            {say('welcome.hidden-name')}
          </li>
          <li>
            <SearchX size={20} strokeWidth={1.75} aria-hidden="true" />
            {say('welcome.hidden-search')}
          </li>
          <li>
            <EyeOff size={20} strokeWidth={1.75} aria-hidden="true" />
            {say('welcome.hidden-shelf')}
          </li>
        </ul>
      </section>
    </div>
  )
}

function Decided({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <li>
      <Check size={20} strokeWidth={1.75} aria-hidden="true" />
      {children}
    </li>
  )
}
