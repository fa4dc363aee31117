import * as z from 'zod/mini'
import { parseWorkId } from '../name/id.ts'
import {
  byLanguage,
  country,
  language,
  line,
  link,
  list,
  oneOf,
  parsed,
  token,
  versions,
  whole,
  year,
} from '../schema/field.ts'
import type { Immutable } from '../schema/immutable.ts'
import { donationChannelSchema } from './donation-channel.ts'
import { externalIdsSchema } from './external-ids.ts'
import { personSchema } from './person.ts'
import { pictureSchema } from './picture.ts'
import { releaseSchema } from './release.ts'
import { rightsEntrySchema } from './rights-entry.ts'
import { chapterSchema, seasonSchema } from './season.ts'
import { termFactsSchema } from './term-facts.ts'
import { originalTitleSchema, translationSchema } from './translation.ts'

declare const recordBrand: unique symbol

/** The version of docs/feed-format.md that this package reads and writes. */
export const FORMAT_VERSION = 1

/** feed-format 4.4. */
const advisorySchema = z.object({ kind: token, degree: oneOf(['mild', 'moderate', 'strong']) })
/** feed-format 4.4. */
const ageSchema = z.object({ scheme: token, label: line(40), minYears: whole(0, 21) })
/** feed-format 4.1. */
const workLinkSchema = z.object({ kind: token, url: link, title: z.optional(line(200)) })

/** feed-format 4.1. What fields say together is judged in record-rules.ts. */
export const workRecordSchema = z.object({
  type: z.literal('matinee-record'),
  ...versions,
  id: parsed('id', 'is no id', parseWorkId),
  kind: oneOf(['feature', 'short', 'series']),
  title: originalTitleSchema,
  year: z.optional(year),
  endYear: z.optional(z.nullable(year)),
  countries: list(country, 20),
  languages: list(language, 40),
  durationSeconds: z.optional(whole(1, 604_800)),
  genres: list(token, 12),
  translations: byLanguage(translationSchema, 80),
  people: list(personSchema, 400),
  seasons: list(seasonSchema, 100),
  releases: list(releaseSchema, 400),
  chapters: list(chapterSchema, 400),
  advisories: list(advisorySchema, 40),
  ages: list(ageSchema, 20),
  images: list(pictureSchema, 60),
  rights: list(rightsEntrySchema, 60),
  term: z.optional(termFactsSchema),
  donations: list(donationChannelSchema, 12),
  ids: z.optional(externalIdsSchema),
  links: list(workLinkSchema, 20),
})

/**
 * One work as its feed describes it: every text cleaned, every id, hash, date and link checked, every
 * list there even when the file leaves it out. Only {@link parseRecord} makes one.
 *
 * `endYear` `null` is a series that goes on. `durationSeconds` is whole. Languages of the work itself:
 * `['zxx']` is a work without words.
 */
export type WorkRecord = RecordFields & { readonly [recordBrand]: true }
/** The fields of a {@link WorkRecord} that nobody has judged together yet. */
export type RecordFields = Immutable<z.output<typeof workRecordSchema>>
/** What a work is: a feature, a short, or a series with seasons. */
export type WorkKind = WorkRecord['kind']
/** A warning about what is to be seen or heard. */
export type Advisory = Immutable<z.output<typeof advisorySchema>>
/** From which age, as somebody's scheme has it. */
export type AgeRating = Immutable<z.output<typeof ageSchema>>
/** A page about the work. */
export type WorkLink = Immutable<z.output<typeof workLinkSchema>>
