import type { Clock, Log, Network } from '@matinee/base'
import type { Shelf } from '../shelf/shelf-store.ts'
import type { LinkPlaces } from './link-places.ts'
import type { LinkStore } from './link-store.ts'

/** What the links of an installation need. */
export interface LinkDeskParts {
  readonly store: LinkStore
  readonly network: () => Promise<Network>
  readonly clock: Clock
  readonly log: Log
  /** What this computer calls itself. */
  readonly name: string
  /** The shelf of a profile; null = there is no such profile any more. */
  readonly shelfOf: (profile: string) => Promise<Shelf | null>
  /** Whether a profile is a child's; null = there is none. */
  readonly isChild: (profile: string) => boolean | null
  /** Default: the home network's. */
  readonly places?: LinkPlaces
}
