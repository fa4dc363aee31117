import type { AssDrawing } from '@matinee/media'
import { useCallback, useMemo, useState } from 'react'
import { titleKeeper } from '../subtitle-choice.ts'
import type { SubtitleState } from '../subtitle-desk.ts'
import type { DrawingState } from './script-drawing.ts'

/** Whether the chosen subtitles show as they were drawn. */
export interface DrawnChoice {
  /** Null = they have no styles. */
  readonly drawing: AssDrawing | null
  readonly isWanted: boolean
  /** Null = nothing is to be drawn. */
  readonly state: DrawingState | null
  readonly choose: (isWanted: boolean) => void
  /** The same function as long as the same subtitles are chosen. */
  readonly onState: (state: DrawingState) => void
}

/** Whether subtitles show as they were drawn, remembered with the title. */
export function useDrawnChoice(
  workId: string,
  { chosenId, line }: Pick<SubtitleState, 'chosenId' | 'line'>,
): DrawnChoice {
  const keeper = useMemo(() => titleKeeper(workId), [workId])
  const [isWanted, setIsWanted] = useState(() => keeper.title().isDrawn ?? false)
  const [told, setTold] = useState<{ readonly id: string | null; readonly state: DrawingState }>()
  const onState = useCallback((state: DrawingState) => setTold({ id: chosenId, state }), [chosenId])
  const drawing = line?.drawing ?? null
  // What was told of other subtitles doesn't count.
  const state = told?.id === chosenId ? told.state : 'starting'
  return {
    drawing,
    isWanted,
    state: isWanted && drawing?.kind === 'drawn' ? state : null,
    choose: (wanted) => {
      keeper.keep({ ...keeper.title(), isDrawn: wanted })
      onState('starting')
      setIsWanted(wanted)
    },
    onState,
  }
}
