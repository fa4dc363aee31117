import type { ReactNode } from 'react'
import './leader-art.css'

/** The leader's clock in the light of a projector, in the inks around it. A drawing: it says nothing. */
export function LeaderArt({ seconds }: { readonly seconds: number }): ReactNode {
  return (
    <svg className="leader-art" viewBox="0 0 860 500" preserveAspectRatio="xMidYMid slice">
      <path className="art-ground" d="M0 0h860v500H0z" />
      {/* Both edges stand 12 degrees off the vertical. */}
      <path className="art-beam" d="M415 0 308.700 500h330.600L533 0z" />
      <circle className="art-disc" cx="474" cy="258" r="172" />
      <path className="art-sector" d="M474 258V86a172 172 0 0 1 122 294z" />
      <path className="art-line" d="M474 258 596 380" />
      <circle className="art-ring" cx="474" cy="258" r="198" />
      <path className="art-cross" d="M234 258h480M474 26v464" />
      <text className="art-number" x="474" y="330" textAnchor="middle">
        {Math.round(seconds)}
      </text>
    </svg>
  )
}
