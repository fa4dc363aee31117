import { useState, type ReactNode } from 'react'
import type { Settings } from '#api'
import { Button } from '../../design/button.tsx'
import { Field } from '../../design/field.tsx'
import { useText } from '../../i18n/text.tsx'
import { BudgetSlider } from './budget-slider.tsx'
import { sizeWords } from './byte-words.ts'

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
        <BudgetSlider
          budgetBytes={diskBudgetBytes}
          freeBytes={freeBytes}
          usedBytes={usedBytes}
          onChange={(bytes) => onChange({ diskBudgetBytes: bytes })}
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
