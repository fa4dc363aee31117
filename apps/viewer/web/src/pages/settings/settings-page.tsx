import { useState, type ReactNode } from 'react'
import type { SettingsPage as Answer } from '#api'
import { useClient } from '../../api/client-context.tsx'
import { useSettings } from '../../api/shelf-queries.ts'
import { Button, ButtonLink } from '../../design/button.tsx'
import { Notice } from '../../design/notice.tsx'
import { Toggle } from '../../design/toggle.tsx'
import { useText } from '../../i18n/text.tsx'
import { GrownUpsOnly } from '../../parts/grown-ups-only.tsx'
import { addresses } from '../../routing/addresses.ts'
import { tokenKeeper } from '../../session/session-gate.tsx'
import { DiskChoice } from './disk-choice.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { LookChoice } from './look-choice.tsx'
import { PlaceChoice } from './place-choice.tsx'
import { QuitButton } from './quit-button.tsx'
import { useSettingsDraft } from './settings-draft.ts'
import { SharingChoice } from './sharing-choice.tsx'
import { RateChoice } from './rate-choice.tsx'
import './settings-page.css'

/** Everything that the viewer decides. Each change is kept by itself. */
export function SettingsPage(): ReactNode {
  const { say } = useText()
  const { data, error, refetch } = useSettings()
  return (
    <main className="page settings" id="programme">
      <title>{`${say('settings.heading')} · Matinee`}</title>
      <h1 tabIndex={-1}>{say('settings.heading')}</h1>
      {data?.profile.isChild === true ? (
        <GrownUpsOnly />
      ) : data !== undefined ? (
        <Decisions answer={data} />
      ) : error === null ? null : (
        <Notice
          kind="broken"
          heading={say('failed.note')}
          act={<Button onClick={() => void refetch()}>{say('failed.again')}</Button>}
        />
      )}
    </main>
  )
}

function Decisions({ answer }: { readonly answer: Answer }): ReactNode {
  const { say } = useText()
  const client = useClient()
  const { settings, change, state, problem } = useSettingsDraft(answer.settings)
  const [isLeaving, setLeaving] = useState(false)
  return (
    <>
      <p className="settings-state" role="status">
        {problem !== null
          ? say(problem)
          : state === 'saved'
            ? say('settings.saved')
            : state === 'saving'
              ? say('settings.saving')
              : say('settings.note')}
      </p>
      {answer.needsRestart ? (
        <Notice kind="warning" heading={say('settings.restart')}>
          {say('settings.restart-note')}
        </Notice>
      ) : null}
      <Section heading={say('settings.arrive')} note={say('settings.arrive-note')}>
        <SharingChoice value={settings.sharing} onChange={change} />
        {settings.sharing === 'share' ? (
          <RateChoice of="uploadBytesPerSecond" settings={settings} onChange={change} />
        ) : null}
        <RateChoice of="keepBytesPerSecond" settings={settings} onChange={change} />
        {settings.sharing === 'share' ? (
          <Toggle
            label={say('settings.dht')}
            note={say('settings.dht-note')}
            isOn={settings.dht}
            onChange={(dht) => change({ dht })}
          />
        ) : null}
        <Toggle
          label={say('settings.prepare')}
          note={say('settings.prepare-note')}
          isOn={settings.prepare}
          onChange={(prepare) => change({ prepare })}
        />
      </Section>
      <Section heading={say('feeds.heading')} note={say('feeds.settings-note')}>
        <div>
          <ButtonLink href={addresses.catalogues}>{say('feeds.settings-open')}</ButtonLink>
        </div>
      </Section>
      <Section heading={say('profiles.heading')} note={say('profiles.settings-note')}>
        <div className="settings-profiles">
          <ButtonLink href={addresses.profiles}>{say('profiles.settings-open')}</ButtonLink>
          {answer.profile.isAlone ? null : (
            <ButtonLink href={addresses.who}>{say('who.switch')}</ButtonLink>
          )}
        </div>
      </Section>
      <Section heading={say('settings.words')} note={say('settings.words-note')}>
        <LanguageChoice
          languages={settings.languages}
          subtitles={settings.subtitles}
          onChange={change}
        />
        <PlaceChoice countries={answer.countries} value={settings.country} onChange={change} />
      </Section>
      <Section heading={say('settings.kept')} note={say('settings.kept-note')}>
        <DiskChoice
          mediaFolder={settings.mediaFolder}
          diskBudgetBytes={settings.diskBudgetBytes}
          freeBytes={answer.freeBytes}
          usedBytes={answer.usedBytes}
          {...(problem === 'settings.bad-folder' ? { problem: say(problem) } : {})}
          onChange={change}
        />
      </Section>
      <Section heading={say('kept.heading')} note={say('kept.settings-note')}>
        <div>
          <ButtonLink href={addresses.kept}>{say('kept.settings-open')}</ButtonLink>
        </div>
      </Section>
      <Section heading={say('diagnosis.heading')} note={say('diagnosis.settings-note')}>
        <div>
          <ButtonLink href={addresses.diagnosis}>{say('diagnosis.open')}</ButtonLink>
        </div>
      </Section>
      <Section heading={say('settings.look')}>
        <LookChoice />
        <Toggle
          label={say('settings.play-next')}
          note={say('settings.play-next-note')}
          isOn={settings.playNext}
          onChange={(playNext) => change({ playNext })}
        />
        <Toggle
          label={say('settings.thanks')}
          note={say('settings.thanks-note')}
          isOn={settings.thanks}
          onChange={(thanks) => change({ thanks })}
        />
      </Section>
      <Section heading={say('settings.privacy')}>
        <p>{say('settings.privacy-note')}</p>
        <div>
          <Button
            variant="outline"
            isBusy={isLeaving}
            onClick={() => {
              setLeaving(true)
              // Whether or not the server heard it, this browser forgets how it got in.
              void client
                .leave()
                .catch(() => undefined)
                .then(() => {
                  tokenKeeper.set(null)
                  location.assign('/')
                })
            }}
          >
            {say('settings.leave')}
          </Button>
          <p className="field-note">{say('settings.leave-note')}</p>
        </div>
        <QuitButton />
      </Section>
    </>
  )
}

function Section({
  heading,
  note,
  children,
}: {
  readonly heading: string
  readonly note?: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <section className="settings-section">
      <div>
        <h2>{heading}</h2>
        {note === undefined ? null : <p className="note">{note}</p>}
      </div>
      <div className="settings-fields">{children}</div>
    </section>
  )
}
