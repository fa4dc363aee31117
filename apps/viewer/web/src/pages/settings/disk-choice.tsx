import { useState, type ReactNode } from 'react'
import { MIN_DISK_BUDGET_BYTES, type Settings } from '#api'
import { Button } from '../../design/button.tsx'
import { Field } from '../../design/field.tsx'
import { Slider } from '../../design/slider.tsx'
import { useText } from '../../i18n/text.tsx'
import { GIGABYTE, sizeWords } from './byte-words.ts'

/** The slider goes so far when the system doesn't say how much is free. */
const MAX_BUDGET_BYTES = 500 * GIGABYTE

/** Where films are kept, and how much room they may take. */
export function DiskChoice({
  mediaFolder,
  diskBudgetBytes,
  freeBytes,
  usedBytes,
  problem,
  onChange,
}: {
  readonly mediaFolder: string
  readonly diskBudgetBytes: number
  readonly freeBytes: number | null
  readonly usedBytes: number
  /** Why the folder that was named last can't be it. */
  readonly problem?: string
  readonly onChange: (patch: Partial<Pick<Settings, 'mediaFolder' | 'diskBudgetBytes'>>) => void
}): ReactNode {
  const { say, language } = useText()
  const [folder, setFolder] = useState(mediaFolder)
  const room = Math.max(
    diskBudgetBytes,
    MIN_DISK_BUDGET_BYTES,
    freeBytes === null ? MAX_BUDGET_BYTES : freeBytes + usedBytes,
  )
  const budget = sizeWords(diskBudgetBytes, language)
  return (
    <>
      <form
        className="settings-folder"
        onSubmit={(event) => {
          event.preventDefault()
          onChange({ mediaFolder: folder.trim() })
        }}
      >
        <Field
          label={say('settings.folder')}
          note={say('settings.folder-note')}
          {...(problem === undefined ? {} : { problem })}
          value={folder}
          onChange={setFolder}
          onBlur={() => {
            if (folder.trim() !== mediaFolder) onChange({ mediaFolder: folder.trim() })
          }}
          spellCheck={false}
          autoComplete="off"
        />
        {folder.trim() === mediaFolder ? null : (
          <Button type="submit" variant="outline">
            {say('settings.use-folder')}
          </Button>
        )}
      </form>
      <div>
        <Slider
          label={say('settings.budget')}
          value={Math.round(diskBudgetBytes / GIGABYTE)}
          min={1}
          max={Math.max(2, Math.floor(room / GIGABYTE))}
          onChange={(gigabytes) => onChange({ diskBudgetBytes: gigabytes * GIGABYTE })}
          valueText={budget}
        />
        <p className="note">
          {freeBytes === null
            ? say('settings.used', { used: sizeWords(usedBytes, language), budget })
            : say('settings.used-and-free', {
                used: sizeWords(usedBytes, language),
                budget,
                free: sizeWords(freeBytes, language),
              })}
        </p>
      </div>
    </>
  )
}
