import type { ReactNode } from 'react'
import type { QuietHours, SettingsPage } from '#api'
import { MIN_BYTES_PER_SECOND } from '#api'
import { useKeptRoom } from '../../api/kept-queries.ts'
import { Select } from '../../design/select.tsx'
import { Toggle } from '../../design/toggle.tsx'
import { useText } from '../../i18n/text.tsx'
import { BudgetSlider } from '../settings/budget-slider.tsx'
import { rateWords, sizeWords } from '../settings/byte-words.ts'
import { useSettingsDraft } from '../settings/settings-draft.ts'
import { RateChoice } from '../settings/rate-choice.tsx'

/** What is proposed: quiet in the day, full from 23:00 to 07:00. */
const PROPOSED: QuietHours = {
  startMinute: 7 * 60,
  endMinute: 23 * 60,
  uploadBytesPerSecond: 50_000,
  keepsWait: false,
}
const QUIET_RATES = [MIN_BYTES_PER_SECOND, 25e3, 50e3, 100e3, 250e3, 500e3, 1e6]
const HALF_HOURS = Array.from({ length: 48 }, (_, at) => at * 30)

/** Limits of what is given, and of the room that is taken. */
export function GivingSettings({ answer }: { readonly answer: SettingsPage }): ReactNode {
  const { say } = useText()
  const { settings, change, state, problem } = useSettingsDraft(answer.settings)
  const { quietHours, sharing } = settings
  return (
    <section className="kept-section" aria-labelledby="kept-limits">
      <h2 id="kept-limits">{say('kept.limits')}</h2>
      <p className="kept-saved" role="status">
        {problem === null ? (state === 'saved' ? say('settings.saved') : '') : say(problem)}
      </p>
      <div className="kept-fields">
        {sharing === 'web-only' ? (
          <p>{say('kept.no-swarm')}</p>
        ) : (
          <>
            <Toggle
              label={say('kept.give-back')}
              note={say(settings.giveBack ? 'kept.give-back-note' : 'kept.give-back-off')}
              isOn={settings.giveBack}
              onChange={(giveBack) => change({ giveBack })}
            />
            <RateChoice of="uploadBytesPerSecond" settings={settings} onChange={change} />
            <Toggle
              label={say('kept.quiet')}
              note={say('kept.quiet-note')}
              isOn={quietHours !== null}
              onChange={(isOn) => change({ quietHours: isOn ? PROPOSED : null })}
            />
            {quietHours === null ? null : (
              <QuietChoice value={quietHours} onChange={(hours) => change({ quietHours: hours })} />
            )}
            <Toggle
              label={say('kept.count')}
              note={say('kept.count-note')}
              isOn={settings.countAudience}
              onChange={(countAudience) => change({ countAudience })}
            />
          </>
        )}
        <RateChoice of="keepBytesPerSecond" settings={settings} onChange={change} />
        <RoomChoice
          budgetBytes={settings.diskBudgetBytes}
          answer={answer}
          onChange={(diskBudgetBytes) => change({ diskBudgetBytes })}
        />
      </div>
    </section>
  )
}

function QuietChoice({
  value,
  onChange,
}: {
  readonly value: QuietHours
  readonly onChange: (value: QuietHours) => void
}): ReactNode {
  const { say, language } = useText()
  const { startMinute, endMinute, uploadBytesPerSecond } = value
  const hours = (chosen: number) =>
    [...new Set([...HALF_HOURS, chosen])]
      .toSorted((a, b) => a - b)
      .map((minute) => ({ id: String(minute), name: clockText(minute, language) }))
  const rates = [...new Set([...QUIET_RATES, uploadBytesPerSecond])].toSorted((a, b) => a - b)
  return (
    <div className="kept-quiet">
      <Select
        label={say('kept.quiet-from')}
        options={hours(startMinute)}
        value={String(startMinute)}
        onChange={(id) => onChange({ ...value, startMinute: Number(id) })}
      />
      <Select
        label={say('kept.quiet-until')}
        options={hours(endMinute)}
        value={String(endMinute)}
        onChange={(id) => onChange({ ...value, endMinute: Number(id) })}
      />
      <Select
        label={say('kept.quiet-rate')}
        options={rates.map((rate) => ({ id: String(rate), name: rateWords(rate, language) }))}
        value={String(uploadBytesPerSecond)}
        onChange={(id) => onChange({ ...value, uploadBytesPerSecond: Number(id) })}
      />
      <Toggle
        label={say('kept.quiet-waits')}
        note={say('kept.quiet-waits-note')}
        isOn={value.keepsWait}
        onChange={(keepsWait) => onChange({ ...value, keepsWait })}
      />
    </div>
  )
}

function RoomChoice({
  budgetBytes,
  answer,
  onChange,
}: {
  readonly budgetBytes: number
  readonly answer: SettingsPage
  readonly onChange: (budgetBytes: number) => void
}): ReactNode {
  const { say, language } = useText()
  const { data } = useKeptRoom(budgetBytes)
  const size = (bytes: number): string => sizeWords(bytes, language)
  const { freeBytes, usedBytes } = answer
  return (
    <div>
      <BudgetSlider {...{ budgetBytes, freeBytes, usedBytes, onChange }} />
      {data === undefined ? null : (
        <p className="note" role="status">
          {data.keptBytes > budgetBytes
            ? say('kept.budget-short', { kept: size(data.keptBytes) })
            : data.goes.count === 0
              ? say('kept.budget-fits', { kept: size(data.keptBytes) })
              : `${say('kept.budget-fits', { kept: size(data.keptBytes) })} ${say(
                  'kept.budget-goes',
                  { count: data.goes.count, size: size(data.goes.bytes) },
                )}`}
        </p>
      )}
    </div>
  )
}

/** `23:00`, as clocks of the language have it. */
function clockText(minute: number, language: string): string {
  const place = language === 'en' ? 'en-GB' : language
  return new Intl.DateTimeFormat(place, { timeStyle: 'short', timeZone: 'UTC' }).format(
    minute * 60_000,
  )
}
