import * as z from 'zod/mini'
import { line, list, someOf, token } from '../schema/field.ts'
import type { Immutable } from '../schema/immutable.ts'
import { externalIdsSchema } from './external-ids.ts'

/** feed-format 4.2. */
export const personSchema = z.object({
  name: line(200),
  roles: someOf(token, 12),
  characters: list(line(200), 20),
  otherNames: list(line(200), 20),
  ids: z.optional(externalIdsSchema),
})

/**
 * Somebody who made or plays in a work; lists are in the order of billing. Roles are an open vocabulary:
 * `director`, `writer`, `cast`, `voice`, `composer` … `characters` is whom they play.
 */
export type Person = Immutable<z.output<typeof personSchema>>
