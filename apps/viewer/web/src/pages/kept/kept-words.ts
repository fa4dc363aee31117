import type { KeptState, KeptWork } from '#api'
import type { Sentence } from '../../i18n/text-key.ts'
import { dateText } from '../../words/day-text.ts'

const WAITS = {
  people: 'kept.waits-people',
  network: 'kept.waits-network',
  'disk-full': 'kept.waits-full',
  disk: 'kept.waits-disk',
  film: 'kept.waits-film',
  hours: 'kept.waits-hours',
} as const

/** How something that is kept stands, in a sentence. */
export function stateSentence(state: KeptState, language: string): Sentence {
  switch (state.kind) {
    case 'fetching':
      return { key: state.waitsFor === null ? 'kept.fetching' : WAITS[state.waitsFor] }
    case 'giving':
      return { key: 'kept.giving' }
    case 'here':
      return { key: 'kept.here' }
    case 'paused':
      return { key: 'kept.paused' }
    case 'web-only':
      return { key: 'kept.web-only' }
    case 'gone':
      return { key: 'kept.gone' }
    case 'failed':
      return { key: 'kept.failed' }
    case 'withdrawn': {
      const { withdrawal } = state
      if (withdrawal === null) return { key: 'kept.withdrawn' }
      const values = { by: withdrawal.by, on: dateText(withdrawal.on, language) }
      return {
        key: withdrawal.copyPlays ? 'kept.withdrawn-plays' : 'kept.withdrawn-by',
        values,
      }
    }
  }
}

/** Whether the film plays now, with nobody else there. */
export function isHere({ bytes, hereBytes }: Pick<KeptWork, 'bytes' | 'hereBytes'>): boolean {
  return bytes > 0 && hereBytes >= bytes
}
