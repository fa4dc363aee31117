import type { ReactNode } from 'react'
import { Wordmark } from '../../design/wordmark.tsx'
import { useText } from '../../i18n/text.tsx'
import './welcome-scene.css'

/** Three people in the light of a projector. */
export function WelcomeScene(): ReactNode {
  const { say } = useText()
  return (
    <header className="welcome-scene">
      <svg viewBox="0 0 560 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        <rect className="scene-wall" width="560" height="900" />
        <rect className="scene-floor" y="650" width="560" height="250" />
        <polygon className="scene-shade" points="95,0 560,560 560,700 520,650 232,650" />
        <polygon className="scene-beam" points="95,0 520,650 232,650" />
        <polygon className="scene-pool" points="232,650 520,650 560,698 560,760 330,760" />
        <g className="scene-person">
          <circle cx="300" cy="494" r="18" />
          <polygon points="281,514 319,514 325,650 275,650" />
          <circle cx="372" cy="520" r="15" />
          <polygon points="356,536 388,536 394,650 350,650" />
          <circle cx="438" cy="504" r="17" />
          <polygon points="420,522 456,522 461,650 415,650" />
        </g>
      </svg>
      <div className="welcome-sign">
        <Wordmark />
        <p>{say('welcome.motto')}</p>
      </div>
    </header>
  )
}
