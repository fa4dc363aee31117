import type { ReactNode } from 'react'
import type { ProgrammeRow } from '#api'
import { SectionLabel } from '../../design/section-label.tsx'
import { useText } from '../../i18n/text.tsx'
import { DoubleBillCard } from '../../parts/double-bill.tsx'
import { addresses } from '../../routing/addresses.ts'
import type { DoubleBill } from '../../words/bill.ts'
import { rowWords } from '../../words/row-words.ts'
import './wall.css'

/** A curated list of two films, as the evening that it is. */
export function DoubleBillSection({
  row,
  bill,
}: {
  readonly row: ProgrammeRow
  readonly bill: DoubleBill
}): ReactNode {
  const words = useText()
  const { heading, note } = rowWords(row.heading, words)
  return (
    <section className="wall" aria-label={heading}>
      <SectionLabel
        heading={heading}
        place="aside"
        note={note ?? words.say('home.double-bill')}
        {...(row.heading.kind === 'list'
          ? { all: { href: addresses.list(row.heading.listId), text: words.say('home.bill-open') } }
          : {})}
      />
      <DoubleBillCard bill={bill} />
    </section>
  )
}
