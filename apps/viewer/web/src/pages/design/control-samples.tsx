import { Bookmark, Copy, Ellipsis, Pause, Play, Settings } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import { Button } from '../../design/button.tsx'
import { CheckboxRow } from '../../design/checkbox-row.tsx'
import { Chip, RemovableChip } from '../../design/chip.tsx'
import { DecadeRange, type YearRange } from '../../design/decade-range.tsx'
import { Field } from '../../design/field.tsx'
import { IconButton } from '../../design/icon-button.tsx'
import { Menu } from '../../design/menu.tsx'
import { NavTabs } from '../../design/nav-tabs.tsx'
import { RadioGroup } from '../../design/radio-group.tsx'
import { SearchField } from '../../design/search-field.tsx'
import { Select } from '../../design/select.tsx'
import { Slider } from '../../design/slider.tsx'
import { Tabs } from '../../design/tabs.tsx'
import { Toggle } from '../../design/toggle.tsx'
import { Wordmark } from '../../design/wordmark.tsx'
import { inkStyle } from '../../poster/ink-style.ts'
import { ALL_INKS } from '../../poster/palette.ts'

const COUNTS = [4, 9, 38, 16, 20, 24, 15, 5, 4, 6, 18, 44, 30]
const FOUND = [
  { heading: 'Films', options: [{ id: 'n', title: 'Nosferatu', note: '1922, 94 min' }] },
  { heading: 'People', options: [{ id: 'm', title: 'F. W. Murnau', note: 'director' }] },
]

/** What is pressed, typed, chosen. */
export function ControlSamples(): ReactNode {
  const panelId = useId()
  const [search, setSearch] = useState('')
  const [tab, setTab] = useState('2')
  const [isOn, setOn] = useState(true)
  const [share, setShare] = useState('swarm')
  const [size, setSize] = useState(172)
  const [years, setYears] = useState<YearRange | null>({ from: 1920, to: 1969 })
  const [sort, setSort] = useState('new')
  const [name, setName] = useState('')
  return (
    <section>
      <h3>Buttons: primary, outline, quiet, small, busy, refused, icons, a menu</h3>
      <div className="samples">
        <Wordmark />
        <Button variant="primary" icon={Play} isIconFilled>
          Resume at 3:31
        </Button>
        <Button icon={Bookmark}>Keep</Button>
        <Button variant="quiet">Back</Button>
        <Button size="small" icon={Pause}>
          Pause
        </Button>
        <Button variant="primary" isBusy>
          Opening
        </Button>
        <Button refusal="Nobody shares this copy now.">Keep</Button>
        <IconButton icon={Settings} label="Settings" />
        <IconButton icon={Copy} label="Copy credit" isOutlined />
        <Menu
          label="More"
          align="start"
          items={[
            { id: 'watched', label: 'Mark as watched', isOn },
            { id: 'forget', label: 'Forget this film', isDestructive: true },
          ]}
          onChoose={() => setOn(!isOn)}
          opener={(properties) => <IconButton icon={Ellipsis} label="More" {...properties} />}
        />
      </div>
      <div className="samples">
        {ALL_INKS.slice(0, 22).map((inks) => (
          <div key={inks.ground} className="panel-sample" style={inkStyle(inks)}>
            <Button variant="on-panel" icon={Play} isIconFilled>
              Play
            </Button>
            <Button variant="on-panel-outline">Keep</Button>
          </div>
        ))}
        <div className="curtain-sample">
          <Wordmark />
        </div>
      </div>
      <h3>Tabs, chips, search</h3>
      <Tabs
        label="Seasons"
        tabs={[
          { id: '1', label: 'Season 1', suffix: 'watched' },
          { id: '2', label: 'Season 2' },
          { id: '3', label: 'Season 3' },
        ]}
        current={tab}
        onChange={setTab}
        panelId={panelId}
      >
        <Button variant="quiet" size="small">
          Mark season watched
        </Button>
      </Tabs>
      <p id={panelId} role="tabpanel" aria-label="Season">
        Season {tab}
      </p>
      <NavTabs
        label={`Shelf ${panelId}`}
        tabs={[
          { href: '/design', label: 'Carry on' },
          { href: '/design?favourites', label: 'Favourites' },
        ]}
        current="/design"
      />
      <div className="samples">
        <Chip isOn={isOn} onToggle={setOn}>
          Subtitled
        </Chip>
        <Chip isOn={!isOn} onToggle={() => setOn(!isOn)}>
          Silent
        </Chip>
        <RemovableChip name="1920 to 1969" onRemove={() => undefined} />
      </div>
      <div className="samples columns">
        <SearchField
          value={search}
          onChange={setSearch}
          groups={search.startsWith('x') ? [] : FOUND}
          nothing={
            <>
              Nothing for “{search}”. <a href="#nosferatu">Nosferatu</a>?
            </>
          }
        />
        <div>
          <CheckboxRow label="Watch" count={412} isOn={isOn} onChange={setOn} />
          <CheckboxRow
            label="Show it in public"
            count={371}
            isOn={!isOn}
            onChange={() => setOn(!isOn)}
          />
          <CheckboxRow
            label="With audio description"
            count={0}
            isOn={false}
            onChange={() => undefined}
          />
        </div>
        <DecadeRange
          label="Made in"
          firstDecade={1900}
          counts={COUNTS}
          value={years}
          onChange={setYears}
        />
        <div>
          <Slider
            label="Size of posters"
            min={108}
            max={280}
            value={size}
            valueText={`${size}`}
            onChange={setSize}
          />
          <Toggle
            label="Stream and share"
            note="Others in a swarm see your internet address and which film."
            isOn={isOn}
            onChange={setOn}
          />
        </div>
        <RadioGroup
          label="How films come"
          look="panels"
          value={share}
          onChange={setShare}
          options={[
            {
              id: 'swarm',
              label: 'Stream and share',
              note: 'Fastest, and it keeps rare films alive.',
            },
            { id: 'web', label: 'Web servers only', note: 'No swarm. Some films won’t play.' },
          ]}
        />
        <RadioGroup
          label="Subtitles"
          value={share}
          onChange={setShare}
          options={[
            { id: 'swarm', label: 'English', origin: 'from the release' },
            { id: 'web', label: 'Français', origin: 'your file, Windows-1252' },
          ]}
        />
        <Select
          label="Sorted by"
          value={sort}
          onChange={setSort}
          options={[
            { id: 'new', name: 'Newest first' },
            { id: 'old', name: 'Oldest first' },
          ]}
        />
        <Field label="Name of the list" note="Only you see it." value={name} onChange={setName} />
        <Field
          label="Folder"
          value="/no/such"
          problem="There is no such folder."
          onChange={() => undefined}
        />
      </div>
    </section>
  )
}
