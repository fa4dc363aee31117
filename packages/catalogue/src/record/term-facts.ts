import { FILM_ROLES } from '@matinee/rights'
import * as z from 'zod/mini'
import { country, line, list, oneOf, scope, whole, year } from '../schema/field.ts'
import type { Immutable } from '../schema/immutable.ts'

/** feed-format 6.6: a fact, and whether a person checked it against a source. */
function fact<S extends z.ZodMiniType>(value: S) {
  return z.exactOptional(z.object({ value, verified: z.boolean() }))
}

const role = oneOf([...FILM_ROLES, 'author'])

const authorSchema = z.object({ name: line(200), died: fact(z.nullable(year)) })

const roleFactsSchema = z.discriminatedUnion('kind', [
  z.object({ role, kind: z.literal('people'), people: list(authorSchema, 20) }),
  z.object({ role, kind: z.literal('nobody'), verified: z.boolean() }),
])

const workFactsSchema = z.object({
  published: fact(z.object({ year, month: z.exactOptional(whole(1, 12)) })),
  createdYear: fact(year),
  origin: fact(country),
  notice: fact(z.boolean()),
  renewed: fact(z.boolean()),
  registered: fact(z.boolean()),
  government: fact(z.boolean()),
  forHire: fact(z.boolean()),
  authors: list(roleFactsSchema, 20),
})

/** feed-format 6.6. */
export const termFactsSchema = z.object({
  film: workFactsSchema,
  parts: list(
    z.object({
      component: oneOf(['underlying', 'music']),
      title: line(300),
      facts: workFactsSchema,
    }),
    20,
  ),
  doubts: list(z.object({ territory: scope, text: line(300) }), 20),
})

/** What a term of protection is computed from; what is left out is not known. */
export type RecordTermFacts = Immutable<z.output<typeof termFactsSchema>>
