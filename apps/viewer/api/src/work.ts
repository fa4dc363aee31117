import * as z from 'zod/mini'

/** Text by language (BCP 47). English is always there; the page takes its own language, else English. */
export const localTextSchema = z.catchall(z.object({ en: z.string() }), z.string())
export type LocalText = Readonly<z.infer<typeof localTextSchema>>

/** A part of a film. It ends where the next one starts. */
export const chapterSchema = z.object({ startSeconds: z.number(), title: localTextSchema })
export type Chapter = z.infer<typeof chapterSchema>

/** A subtitle track that a work has. */
export const captionsSchema = z.object({ language: z.string(), label: z.string() })
export type Captions = z.infer<typeof captionsSchema>

const colour = z.string().check(z.regex(/^#[0-9A-F]{6}$/u))

/** The four inks of a work's poster and panels. Text is `ink` on `ground`, and on nothing else. */
export const inksSchema = z.object({ ground: colour, ink: colour, spot: colour, second: colour })
export type Inks = z.infer<typeof inksSchema>

/** A film as the pages show it. Text is a stranger's: it's shown as text and nothing else. */
export const workSchema = z.object({
  id: z.string(),
  title: localTextSchema,
  /** Who made it, or null. */
  by: z.nullable(z.string()),
  year: z.nullable(z.number()),
  synopsis: localTextSchema,
  durationSeconds: z.number(),
  lengthBytes: z.number(),
  /** SPDX identifier. */
  licence: z.string(),
  inks: inksSchema,
  /** 2:3 picture, or null when there is none. */
  posterUrl: z.nullable(z.string()),
  chapters: z.array(chapterSchema),
  captions: z.array(captionsSchema),
})
export type Work = z.infer<typeof workSchema>

/** GET `paths.works`. */
export const worksSchema = z.object({ works: z.array(workSchema) })
export type Works = z.infer<typeof worksSchema>
