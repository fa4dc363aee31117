/** How sure a verdict is, lowest first. */
export const CONFIDENCES = ['low', 'medium', 'high'] as const

/**
 * `high`: first-hand evidence, kept, and as many checks as the basis asks for. `medium`: something of
 * that is missing, or somebody noted a doubt. `low`: it rests on somebody else's word or on a fact that
 * nobody checked.
 */
export type Confidence = (typeof CONFIDENCES)[number]

/** The lowest of these; `high` when there are none. */
export function leastConfidence(...list: readonly Confidence[]): Confidence {
  return CONFIDENCES.find((confidence) => list.includes(confidence)) ?? 'high'
}
