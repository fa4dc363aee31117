import type { LinkProblem } from '#api'
import { messageOf, type Log } from '@matinee/base'
import { ShelfError } from '../shelf/shelf-store.ts'

/** Why a link couldn't be made or used; the page has a sentence for each `code`. */
export class LinkError extends Error {
  override readonly name = 'LinkError'
  readonly code: LinkProblem

  constructor(code: LinkProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** What came of an act; null = it's done. */
export async function linkOutcome(act: () => Promise<void>, log: Log): Promise<LinkProblem | null> {
  try {
    await act()
    return null
  } catch (error) {
    log.debug('link not used', { reason: messageOf(error) })
    if (error instanceof LinkError) return error.code
    return error instanceof ShelfError ? 'disk' : 'broken'
  }
}
