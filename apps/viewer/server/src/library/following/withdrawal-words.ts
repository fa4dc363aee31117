import type { Withdrawal } from '#api'
import { PUBLISHER, standingUnder, type FeedId } from '@matinee/catalogue'
import { bestLanguage } from '../language-choice.ts'
import type { Viewer } from '../viewer.ts'
import { serverText } from '../words/server-words.ts'
import type { KnownDecision, WorkSafety } from './work-safety.ts'

const REASONS = ['court', 'notice', 'licence', 'maker'] as const

/**
 * Decisions about a work in words, those that act first.
 *
 * @param nameOf a feed's name in the viewer's language
 */
export function withdrawalWords(
  { decisions, standing }: WorkSafety,
  viewer: Pick<Viewer, 'language' | 'languages'>,
  nameOf: (feedId: FeedId) => string,
): Withdrawal[] {
  return decisions.map((decision) => {
    const { authority, feedId, isActing, revocation } = decision
    const feed = nameOf(feedId)
    const known = REASONS.find((each) => each === revocation.reason) ?? 'other'
    return {
      by:
        authority === PUBLISHER
          ? feed
          : serverText(viewer.language, 'withdrawn.curator', { curator: authority, feed }),
      on: revocation.on,
      reason: serverText(viewer.language, `withdrawn.${known}`),
      note: noteOf(decision, viewer.languages),
      acts: isActing,
      // What acts is the strongest of all that act; what only informs says what it would do.
      copyPlays: (isActing ? standing : standingUnder([decision])).isPlayed,
    }
  })
}

function noteOf({ revocation }: KnownDecision, languages: readonly string[]): string | null {
  const notes = Object.entries(revocation.note ?? {})
  const tag = bestLanguage(
    notes.map(([each]) => each),
    languages,
  )
  return (notes.find(([each]) => each === tag) ?? notes[0])?.[1] ?? null
}
