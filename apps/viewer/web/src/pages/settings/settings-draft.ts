import { useEffect, useRef, useState } from 'react'
import type { Settings } from '#api'
import { codeOf } from '../../api/client.ts'
import { useSaveSettings } from '../../api/shelf-queries.ts'
import type { TextKey } from '../../i18n/text-key.ts'

/** Changes within this time are saved together: a slider that is being moved. */
const QUIET_MS = 400

/** Settings that are being changed. */
export interface SettingsDraft {
  readonly settings: Settings
  readonly change: (patch: Partial<Settings>) => void
  readonly state: 'kept' | 'saving' | 'saved'
  /** Why the last change couldn't be kept; null = it could. */
  readonly problem: TextKey | null
}

/** Settings that save themselves a moment after the last change, and at the latest when the page closes. */
export function useSettingsDraft(kept: Settings): SettingsDraft {
  const [settings, setSettings] = useState(kept)
  const [state, setState] = useState<SettingsDraft['state']>('kept')
  const [problem, setProblem] = useState<TextKey | null>(null)
  const { mutate } = useSaveSettings()
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; save: () => void } | null>(null)
  useEffect(
    () => () => {
      if (waiting.current === null) return
      clearTimeout(waiting.current.timer)
      waiting.current.save()
    },
    [],
  )
  const change = (patch: Partial<Settings>): void => {
    const changed = { ...settings, ...patch }
    setSettings(changed)
    setState('saving')
    if (waiting.current !== null) clearTimeout(waiting.current.timer)
    const save = (): void => {
      waiting.current = null
      mutate(changed, {
        onSuccess: () => {
          setState('saved')
          setProblem(null)
        },
        onError: (error) => {
          setState('kept')
          const why = saveProblem(error)
          setProblem(why)
          // A folder that can't be it mustn't stand in the way of the next change.
          if (why === 'settings.bad-folder')
            setSettings((now) => ({ ...now, mediaFolder: kept.mediaFolder }))
        },
      })
    }
    waiting.current = { timer: setTimeout(save, QUIET_MS), save }
  }
  return { settings, change, state, problem }
}

/** Why settings weren't kept, as a string of the catalogue. */
export function saveProblem(error: unknown): TextKey {
  const code = codeOf(error)
  if (code === 'folder') return 'settings.bad-folder'
  return code === 'disk-full' ? 'settings.disk-full' : 'settings.not-saved'
}
