import type { RightsSlip, Withdrawal } from '#api'
import type { Standing } from '@matinee/catalogue'
import { dateText, parseCalendarDate } from '@matinee/rights'
import type { Viewer } from '../viewer.ts'
import { serverText } from './server-words.ts'

/**
 * The card "May I watch and share this?" of a work that its feed withdrew: what it was before is history, what remains is
 * whether the own copy plays and is passed on.
 *
 * @param slip what the record says
 * @param withdrawal the decision that acts
 */
export function withdrawnSlip(
  slip: RightsSlip,
  { by, on }: Withdrawal,
  standing: Standing,
  { language }: Viewer,
): RightsSlip {
  const day = parseCalendarDate(on)
  const remains = [
    { use: 'watch', isAllowed: standing.isPlayed },
    { use: 'share', isAllowed: standing.isSeeded },
  ] as const
  return {
    ...slip,
    answer: 'no-longer',
    sentence: serverText(language, 'slip.withdrawn', {
      by,
      day: day === null ? on : dateText(language, day),
    }),
    permissions: slip.permissions.flatMap((permission) => {
      const left = remains.find(({ use }) => use === permission.use)
      if (left === undefined) return []
      const words = serverText(language, left.isAllowed ? 'slip.own-copy' : 'slip.no')
      return [{ ...permission, kind: left.isAllowed ? 'yes-if' : 'no', words } as const]
    }),
    confidence: '',
    missing: [],
  }
}
