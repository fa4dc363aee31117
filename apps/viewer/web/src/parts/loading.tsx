import { useEffect, useState, type ReactNode } from 'react'
import { Skeleton } from '../design/skeleton.tsx'
import './loading.css'

/** What is there within this time needs no words. */
const QUIET_MS = 500
/** After this a reason is owed. */
const LONG_MS = 4000

/** Says in words what is being waited for, once it's noticeable, and why when it takes long. */
export function Loading({
  words,
  longWords,
}: {
  readonly words: string
  readonly longWords?: string
}): ReactNode {
  const isNoticeable = useLater(QUIET_MS)
  const isLong = useLater(LONG_MS)
  return (
    <div className="loading">
      <Skeleton shape="hero" />
      <div role="status">
        {isNoticeable ? <p className="loading-words">{words}</p> : null}
        {isLong && longWords !== undefined ? <p className="note">{longWords}</p> : null}
      </div>
    </div>
  )
}

function useLater(delayMs: number): boolean {
  const [isLater, setLater] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLater(true), delayMs)
    return () => clearTimeout(timer)
  }, [delayMs])
  return isLater
}
