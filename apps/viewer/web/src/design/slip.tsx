import type { ReactNode } from 'react'
import './slip.css'

/** Properties of {@link Slip}. */
export interface SlipProps {
  readonly question: string
  /** "Yes." */
  readonly answer: string
  /** Above the tear: what the answer means. */
  readonly children: ReactNode
  /** Below it: evidence and credit. */
  readonly stub?: ReactNode
}

/** An admission slip: a question, a large answer, and below the tear what stands behind it. */
export function Slip({ question, answer, children, stub }: SlipProps): ReactNode {
  return (
    <section className="slip" aria-label={question}>
      <p className="slip-question">{question}</p>
      <p className="slip-answer">{answer}</p>
      {children}
      {stub === undefined ? null : (
        <>
          <div className="slip-tear" aria-hidden="true" />
          {stub}
        </>
      )}
    </section>
  )
}

/** The sentence under the answer. */
export function SlipWords({ children }: { readonly children: ReactNode }): ReactNode {
  return <p className="slip-words">{children}</p>
}

/** Facts of the stub: what, and what it is. */
export function SlipFacts({
  facts,
}: {
  readonly facts: readonly { readonly name: string; readonly value: ReactNode }[]
}): ReactNode {
  return (
    <dl className="slip-facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
