import { Check, CircleHelp, X } from 'lucide-react'
import type { ReactNode } from 'react'
import './slip.css'

const SIGNS = { yes: Check, no: X, depends: CircleHelp } as const

/** Something one may do, may not, or may only somewhere. The words say it; the sign repeats them. */
export function SlipVerb({
  answer,
  verb,
  words,
}: {
  readonly answer: 'yes' | 'no' | 'depends'
  /** "Show it in public". */
  readonly verb: string
  /** "yes, with credit". */
  readonly words: string
}): ReactNode {
  const Sign = SIGNS[answer]
  return (
    <li className={`slip-verb ${answer}`}>
      <Sign size={18} strokeWidth={2} aria-hidden="true" />
      <strong>{verb}</strong> <span>{words}</span>
    </li>
  )
}

/** The list of {@link SlipVerb}. */
export function SlipVerbs({ children }: { readonly children: ReactNode }): ReactNode {
  return <ul className="slip-verbs">{children}</ul>
}
