import { useEffect, useState, type ReactNode } from 'react'
import './qr-code.css'

/** Modules of quiet around the code (ISO/IEC 18004 wants four). */
const QUIET = 4

/** A text as a picture that a phone reads. Always dark on light: some phones read nothing else. */
export function QrCode({
  text,
  label,
}: {
  readonly text: string
  readonly label: string
}): ReactNode {
  const [rows, setRows] = useState<readonly (readonly boolean[])[] | null>(null)
  useEffect(() => {
    let isWanted = true
    // Loaded when the first one is wanted: most people never want one.
    void import('uqr').then(({ encode }) => {
      if (isWanted) setRows(encode(text, { ecc: 'M', border: QUIET }).data)
    })
    return () => {
      isWanted = false
    }
  }, [text])
  const size = rows?.length ?? 1
  return (
    <svg className="qr-code" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`}>
      {rows === null ? null : <path d={pathOf(rows)} />}
    </svg>
  )
}

/** Each run of dark modules as one rectangle. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  const runs: string[] = []
  for (const [y, row] of rows.entries())
    for (let x = 0; x < row.length; x++) {
      const from = x
      while (row[x] === true) x++
      if (x > from) runs.push(`M${from} ${y}h${x - from}v1h${from - x}z`)
    }
  return runs.join('')
}
