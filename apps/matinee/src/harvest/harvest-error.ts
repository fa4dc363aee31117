/**
 * Why a candidate, or the whole harvest, doesn't go on; stable.
 *
 * - `busy`: a host wants to be left alone; nothing else is asked of it in this run
 * - `gone`: what was asked for isn't there
 * - `answer`: an answer that is of no use
 * - `network`: nobody answered, or the line broke too often
 * - `too-large`: more than may be taken
 * - `wrong-hash`: the bytes aren't those that were named
 */
export type HarvestErrorCode = 'busy' | 'gone' | 'answer' | 'network' | 'too-large' | 'wrong-hash'

/** Something couldn't be fetched as it was named. */
export class HarvestError extends Error {
  override readonly name = 'HarvestError'
  readonly code: HarvestErrorCode
  constructor(code: HarvestErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
