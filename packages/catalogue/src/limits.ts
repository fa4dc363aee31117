import { KIB, MIB } from '@matinee/base'

/** How large and how deep one JSON file may be. */
export interface JsonLimits {
  /** Bytes of the file. */
  readonly bytes: number
  /** Objects and lists inside each other; a text or number alone has depth 0. */
  readonly depth: number
  /** Objects, lists, texts, numbers, true, false and null, together; keys are not counted. */
  readonly values: number
}

/** feed-format 1.2, 1.3: a record. */
export const RECORD_LIMITS: JsonLimits = { bytes: 256 * KIB, depth: 16, values: 20_000 }

/** feed-format 1.2, 1.3: a feed's manifest. */
export const MANIFEST_LIMITS: JsonLimits = { bytes: 16 * MIB, depth: 16, values: 1_000_000 }

/** feed-format 1.2, 1.3: a file of sources. */
export const SOURCES_LIMITS: JsonLimits = { bytes: 256 * KIB, depth: 16, values: 20_000 }

/** feed-format 4.5: a picture; 50 000 × 50 000 pixels of one colour are a small file. */
export const IMAGE_LIMITS = { bytes: 512 * KIB, pixelsEachWay: 4096 } as const
