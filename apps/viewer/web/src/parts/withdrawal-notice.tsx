import type { ReactNode } from 'react'
import type { Withdrawal } from '#api'
import { Notice } from '../design/notice.tsx'
import { useText } from '../i18n/text.tsx'
import { dateText } from '../words/day-text.ts'

/** Who withdrew a work, when and why. Another feed's decision that only informs is told as such. */
export function WithdrawalNotice({ withdrawal }: { readonly withdrawal: Withdrawal }): ReactNode {
  const { say, language } = useText()
  const { by, on, reason, note, acts, copyPlays } = withdrawal
  return (
    <Notice
      kind={acts ? 'broken' : 'note'}
      heading={say(acts ? 'withdrawn.by' : 'withdrawn.elsewhere', {
        by,
        on: dateText(on, language),
      })}
    >
      {reason} {note === null ? null : <q>{note}</q>}{' '}
      {acts ? (copyPlays ? say('withdrawn.copy-plays') : null) : say('withdrawn.informs')}
    </Notice>
  )
}
