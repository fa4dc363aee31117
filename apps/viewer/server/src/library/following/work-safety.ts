import {
  decisionsOn,
  foreignDecisionsOn,
  standingUnder,
  type Decision,
  type FeedId,
  type RevocationMemory,
  type Standing,
  type WorkId,
} from '@matinee/catalogue'

/** A work as decisions are about it. */
export interface JudgedWork {
  readonly feedId: FeedId
  readonly workId: WorkId
  /** Info-hashes and file roots of its record (feed-format 14.6). */
  readonly hashes: ReadonlySet<string>
}

/** What one feed ever decided. */
export interface FeedDecisions {
  readonly feedId: FeedId
  readonly memory: RevocationMemory
  /** Whether the viewer lets it decide about other feeds' works. */
  readonly decidesSafety: boolean
}

/** A decision, and whose it is. */
export interface KnownDecision extends Decision {
  readonly feedId: FeedId
  /** False = another feed's, which informs and does nothing. */
  readonly isActing: boolean
}

/** What of a work remains, and what was said about it, acting decisions first. */
export interface WorkSafety {
  readonly standing: Standing
  readonly decisions: readonly KnownDecision[]
}

/**
 * What decisions do to a work: those of its own feed act, another's only if the viewer lets that feed decide about safety
 * (feed-format 14.5, 14.6).
 */
export function judgeSafety(work: JudgedWork, feeds: readonly FeedDecisions[]): WorkSafety {
  const decisions = feeds.flatMap(({ feedId, memory, decidesSafety }): KnownDecision[] => {
    const isOwn = feedId === work.feedId
    const about = isOwn ? decisionsOn(memory, work.workId) : foreignDecisionsOn(memory, work.hashes)
    return about.map((decision) => ({ ...decision, feedId, isActing: isOwn || decidesSafety }))
  })
  return {
    standing: standingUnder(decisions.filter(({ isActing }) => isActing)),
    decisions: decisions.toSorted((a, b) => Number(b.isActing) - Number(a.isActing)),
  }
}
