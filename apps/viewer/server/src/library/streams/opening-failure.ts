import type { StuckReason } from '#api'

/** Thrown where the viewer wants no swarm and nothing else has the film. */
export class WebOnlyError extends Error {
  override readonly name = 'WebOnlyError'
  readonly code = 'web-only'
}

/** Why a release could not be opened. */
export function reasonOf(error: unknown): StuckReason {
  if (error instanceof WebOnlyError) return 'web-only'
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'seeder' ? 'source' : 'internal'
}
