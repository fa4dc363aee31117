import type { CSSProperties } from 'react'
import type { Inks } from './inks.ts'

/** A work's inks as custom properties. Set through the CSSOM, which the policy of the pages allows. */
export function inkStyle(inks: Inks): CSSProperties {
  const properties: Record<`--${string}`, string> = {
    '--ground': inks.ground,
    '--ink': inks.ink,
    '--spot': inks.spot,
    '--second': inks.second,
  }
  return properties
}
