import * as z from 'zod/mini'
import { EXTERNAL_IDS } from '../name/external-id.ts'
import { pattern } from '../schema/field.ts'
import type { Immutable } from '../schema/immutable.ts'

/** feed-format 4.7. */
export const externalIdsSchema = z.object({
  imdb: z.optional(pattern(EXTERNAL_IDS.imdb)),
  wikidata: z.optional(pattern(EXTERNAL_IDS.wikidata)),
  eidr: z.optional(pattern(EXTERNAL_IDS.eidr)),
  isan: z.optional(pattern(EXTERNAL_IDS.isan)),
  internetArchive: z.optional(pattern(EXTERNAL_IDS.internetArchive)),
  isni: z.optional(pattern(EXTERNAL_IDS.isni)),
})

/** What a work or a person is called in other catalogues. */
export type ExternalIds = Immutable<z.output<typeof externalIdsSchema>>
