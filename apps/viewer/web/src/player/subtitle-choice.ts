import { useState } from 'react'
import type { SubtitleKeeper } from './subtitle-desk.ts'
import { formatLook, parseLook, type SubtitleLook } from './subtitle-look.ts'
import { NOTHING_KEPT, formatMemory, parseMemory, withTitle } from './subtitle-memory.ts'
import { ownKey } from '../session/own-key.ts'

const LOOK_KEY = 'matinee.subtitle-look'
const MEMORY_KEY = 'matinee.subtitle-memory'

/** How subtitles look to who watches, in this browser. */
export function useSubtitleLook(): readonly [SubtitleLook, (look: SubtitleLook) => void] {
  const [look, setLook] = useState(() => parseLook(localStorage.getItem(ownKey(LOOK_KEY))))
  return [
    look,
    (chosen) => {
      localStorage.setItem(ownKey(LOOK_KEY), formatLook(chosen))
      setLook(chosen)
    },
  ]
}

/** What this browser remembers of a title's subtitles. Another tab may have written since: it's read each time. */
export function titleKeeper(workId: string): SubtitleKeeper {
  const memory = () => parseMemory(localStorage.getItem(ownKey(MEMORY_KEY)))
  return {
    title: () => memory().get(workId) ?? NOTHING_KEPT,
    keep: (title) =>
      localStorage.setItem(ownKey(MEMORY_KEY), formatMemory(withTitle(memory(), workId, title))),
  }
}
