import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import './notice.css'

const SIGNS = { good: CircleCheck, note: Info, warning: TriangleAlert, broken: CircleX } as const

/** Properties of {@link Notice}. */
export interface NoticeProps {
  readonly kind: keyof typeof SIGNS
  readonly heading: string
  /** What it means, and what to do. */
  readonly children?: ReactNode
  /** One button. */
  readonly act?: ReactNode
}

/** A fact about how things stand: fine, could be better, broken. Sign and words, never colour alone. */
export function Notice({ kind, heading, children, act }: NoticeProps): ReactNode {
  const Sign = SIGNS[kind]
  return (
    <div className={`notice is-${kind}`}>
      <Sign size={22} strokeWidth={1.75} aria-hidden="true" />
      <div className="notice-words">
        <strong>{heading}</strong>
        {children === undefined ? null : <div className="notice-more">{children}</div>}
      </div>
      {act}
    </div>
  )
}
