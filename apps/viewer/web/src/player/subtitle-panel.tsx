import { FileUp, ScrollText } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../design/button.tsx'
import { FileButton } from '../design/file-button.tsx'
import { Select } from '../design/select.tsx'
import { useText } from '../i18n/text.tsx'
import type { TextKey } from '../i18n/text-key.ts'
import type { DrawnChoice } from './drawn/drawn-choice.ts'
import { DrawnSwitch } from './drawn/drawn-switch.tsx'
import type { PlayerAct } from './player-state.ts'
import { RadioLine } from './radio-line.tsx'
import type { SubtitleDesk, SubtitleState } from './subtitle-desk.ts'
import type { SubtitleLook } from './subtitle-look.ts'
import { SubtitleLookPanel } from './subtitle-look-panel.tsx'
import { fileOf } from './subtitle-source.ts'
import { SubtitleTimingPanel } from './subtitle-timing-panel.tsx'
import type { SubtitleFault, SubtitleTrack } from './subtitle-track.ts'

const FAULTS: Readonly<Record<SubtitleFault, TextKey>> = {
  'too-large': 'subtitles.too-large',
  compressed: 'subtitles.compressed',
  'unknown-charset': 'subtitles.unknown-charset',
  'unknown-format': 'subtitles.unknown-format',
  'no-cues': 'subtitles.no-cues',
  lost: 'subtitles.lost',
  slow: 'subtitles.slow',
}

/** Charsets in which subtitles are found: labels of the Encoding Standard, which are names everywhere. */
const CHARSETS: readonly string[] = [
  'utf-8',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'koi8-r',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'iso-8859-2',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-kr',
]

/** Which subtitles, from where, how much later, and how they look. */
export function SubtitlePanel({
  desk,
  subtitles,
  look,
  onLook,
  drawn,
  unread,
  act,
}: {
  readonly desk: SubtitleDesk
  readonly subtitles: SubtitleState
  readonly look: SubtitleLook
  readonly onLook: (look: SubtitleLook) => void
  readonly drawn: DrawnChoice
  /** Tracks in the film that nobody reads, such as pictures of letters. */
  readonly unread: number
  readonly act: (act: PlayerAct) => void
}): ReactNode {
  const { say } = useText()
  const { tracks, chosenId, fault, line } = subtitles
  return (
    <>
      <fieldset className="panel-choices">
        <legend className="for-readers">{say('player.captions')}</legend>
        <RadioLine
          name="track"
          label={say('player.captions-off')}
          isChecked={chosenId === null}
          onChoose={() => act({ kind: 'subtitles-to', trackId: null })}
        />
        {tracks.map((track) => (
          <RadioLine
            key={track.id}
            name="track"
            label={track.label}
            language={track.language ?? undefined}
            note={
              track.charset !== null
                ? say('subtitles.own', { charset: track.charset })
                : say(noteOf(track))
            }
            isChecked={track.id === chosenId}
            onChoose={() => act({ kind: 'subtitles-to', trackId: track.id })}
          />
        ))}
      </fieldset>
      {unread === 0 ? null : (
        <p className="subtitle-unread">{say('subtitles.unread', { count: unread })}</p>
      )}
      <div role="status">
        {fault === null ? null : (
          <p className="subtitle-fault">{say(FAULTS[fault.fault], { name: fault.name })}</p>
        )}
      </div>
      <AddFile desk={desk} />
      {chosenId === null ? null : (
        <>
          <DrawnSwitch drawn={drawn} />
          <Charset subtitles={subtitles} act={act} />
          <SubtitleTimingPanel timing={subtitles.timing} act={act} />
          <Button
            size="small"
            icon={ScrollText}
            disabled={line === null}
            data-panel-opener="transcript"
            onClick={() => act({ kind: 'toggle-panel', panel: 'transcript' })}
          >
            {say('subtitles.transcript')}
          </Button>
          <Second subtitles={subtitles} act={act} />
        </>
      )}
      <SubtitleLookPanel look={look} onLook={onLook} />
    </>
  )
}

/** Where a track of the film is from, and whether all of it is known. */
function noteOf({ isForced, inFilm }: SubtitleTrack): TextKey {
  if (inFilm === 'part') return 'subtitles.in-film-part'
  if (isForced) return 'subtitles.forced'
  return inFilm === 'whole' ? 'subtitles.in-film' : 'subtitles.from-release'
}

interface PartProps {
  readonly subtitles: SubtitleState
  readonly act: (act: PlayerAct) => void
}

/** What else is shown, for those who learn a language by films. */
function Second({ subtitles, act }: PartProps): ReactNode {
  const { say } = useText()
  const { tracks, chosenId, secondId } = subtitles
  const others = tracks.filter(({ id }) => id !== chosenId)
  if (others.length === 0) return null
  return (
    <Select
      label={say('subtitles.second')}
      options={[
        { id: '', name: say('subtitles.no-second') },
        ...others.map(({ id, label }) => ({ id, name: label })),
      ]}
      value={secondId ?? ''}
      onChange={(id) => act({ kind: 'second-to', trackId: id === '' ? null : id })}
    />
  )
}

/** How the letters of an own file are read: found out, and the viewer may know better. */
function Charset({ subtitles: { tracks, chosenId }, act }: PartProps): ReactNode {
  const { say } = useText()
  const charset = tracks.find(({ id }) => id === chosenId)?.charset ?? null
  if (charset === null) return null
  return (
    <Select
      label={say('subtitles.charset')}
      options={[...new Set([charset, ...CHARSETS])].map((id) => ({ id, name: id }))}
      value={charset}
      onChange={(id) => act({ kind: 'charset-to', charset: id })}
    />
  )
}

function AddFile({ desk }: { readonly desk: SubtitleDesk }): ReactNode {
  const { say } = useText()
  return (
    <div className="subtitle-add">
      <FileButton
        label={say('subtitles.add')}
        size="small"
        icon={FileUp}
        accept=".srt,.vtt,.ass,.ssa,.txt"
        onFile={(file) => void desk.add(fileOf(file))}
      />
      <span>{say('subtitles.add-note')}</span>
    </div>
  )
}
