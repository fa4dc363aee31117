import { captionsSchema, chapterSchema, inksSchema, localTextSchema } from '#api'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'

const plainName = z.string().check(z.regex(/^[\w.-]+$/u))

const recordSchema = z.object({
  id: z.string(),
  title: localTextSchema,
  by: z.nullable(z.string()),
  year: z.nullable(z.number()),
  synopsis: localTextSchema,
  durationSeconds: z.number(),
  licence: z.string(),
  inks: inksSchema,
  poster: plainName,
  torrent: plainName,
  film: plainName,
  captions: z.array(z.extend(captionsSchema, { file: plainName })),
  chapters: z.array(chapterSchema),
})

/** `record.json` of a folder that holds a film and its torrent: what is shown, and which file is what. */
export type ReelRecord = z.infer<typeof recordSchema>

/** Reads the record of the test reel. Throws when the folder isn't whole: it's part of the program. */
export async function readReelRecord(folder: string): Promise<ReelRecord> {
  const text = await readFile(join(folder, 'record.json'), 'utf8')
  const record = recordSchema.parse(JSON.parse(text))
  await stat(join(folder, record.torrent))
  return record
}
