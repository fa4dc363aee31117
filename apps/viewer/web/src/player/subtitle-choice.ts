import { useState } from 'react'
import type { SubtitleFile } from './subtitle-desk.ts'
import { formatLook, parseLook, type SubtitleLook } from './subtitle-look.ts'
import { fileOf } from './subtitle-source.ts'

const LOOK_KEY = 'matinee.subtitle-look'

/** How subtitles look to this viewer, in this browser. */
export function useSubtitleLook(): readonly [SubtitleLook, (look: SubtitleLook) => void] {
  const [look, setLook] = useState(() => parseLook(localStorage.getItem(LOOK_KEY)))
  return [
    look,
    (chosen) => {
      localStorage.setItem(LOOK_KEY, formatLook(chosen))
      setLook(chosen)
    },
  ]
}

/** The file that was dropped or chosen: the first, if there is any. */
export function subtitleFileOf(given: { readonly files: FileList | null }): SubtitleFile | null {
  const file = given.files?.[0]
  return file === undefined ? null : fileOf(file)
}
