import { IN_STEP, possibleTiming, type SubtitleTiming } from './subtitle-timing.ts'

/** What is remembered of one title's subtitles. */
export interface TitleSubtitles {
  /** The language chosen by hand; null = none wanted; undefined = never chosen. */
  readonly language?: string | null
  /** The one shown besides. */
  readonly second?: string | null
  /** Whether styled ones show as they were drawn; undefined = never chosen. */
  readonly isDrawn?: boolean
  /** By {@link trackKey}. */
  readonly timings: ReadonlyMap<string, SubtitleTiming>
}

/** What is remembered, by the title's id, the oldest first. */
export type SubtitleMemory = ReadonlyMap<string, TitleSubtitles>

export const NOTHING_KEPT: TitleSubtitles = { timings: new Map() }
const MOST_TITLES = 200
const MOST_TIMINGS = 20
const LONGEST_KEY = 300

/** What a track is called where its timing is kept. A file of the viewer's own is known by its name. */
export function trackKey(
  {
    id,
    label,
    charset,
  }: { readonly id: string; readonly label: string; readonly charset: string | null },
  releaseId: string,
): string {
  return (charset === null ? `${releaseId} ${id}` : `own ${label}`).slice(0, LONGEST_KEY)
}

/** With what is to be remembered of a title; beyond two hundred titles the oldest is forgotten. */
export function withTitle(
  memory: SubtitleMemory,
  workId: string,
  title: TitleSubtitles,
): SubtitleMemory {
  const others = [...memory].filter(([id]) => id !== workId).slice(1 - MOST_TITLES)
  return new Map([...others, [workId, title]])
}

/** With a track's timing; one that is in step needs no memory. */
export function withTiming(
  title: TitleSubtitles,
  key: string,
  timing: SubtitleTiming,
): TitleSubtitles {
  const others = [...title.timings].filter(([other]) => other !== key)
  const isPlain = timing.delayMs === 0 && timing.stretch === 1
  const timings = isPlain ? others : [...others.slice(1 - MOST_TIMINGS), [key, timing] as const]
  return { ...title, timings: new Map(timings) }
}

/** The memory in one line, to be kept. */
export function formatMemory(memory: SubtitleMemory): string {
  return JSON.stringify(
    [...memory].map(([id, { language, second, isDrawn, timings }]) => ({
      id,
      language,
      second,
      isDrawn,
      timings: [...timings].map(([key, { delayMs, stretch }]) => [key, delayMs, stretch]),
    })),
  )
}

/** What {@link formatMemory} wrote; what isn't understood is not remembered. */
export function parseMemory(text: string | null): SubtitleMemory {
  const memory = new Map<string, TitleSubtitles>()
  for (const entry of listIn(text)) {
    const { id, language, second, isDrawn, timings } = entry as Readonly<Record<string, unknown>>
    if (typeof id !== 'string' || id.length > LONGEST_KEY) continue
    memory.set(id, {
      ...(isLanguage(language) ? { language } : {}),
      ...(isLanguage(second) ? { second } : {}),
      ...(typeof isDrawn === 'boolean' ? { isDrawn } : {}),
      timings: new Map(timingsIn(timings)),
    })
  }
  return new Map([...memory].slice(-MOST_TITLES))
}

function listIn(text: string | null): readonly object[] {
  let value: unknown = null
  try {
    value = JSON.parse(text ?? 'null')
  } catch {
    // Somebody else's, or torn: then nothing is remembered.
  }
  return Array.isArray(value)
    ? value.filter((each): each is object => typeof each === 'object' && each !== null)
    : []
}

function timingsIn(value: unknown): [string, SubtitleTiming][] {
  if (!Array.isArray(value)) return []
  return value.slice(-MOST_TIMINGS).flatMap((each: unknown): [string, SubtitleTiming][] => {
    if (!Array.isArray(each)) return []
    const [key, delayMs, stretch] = each as readonly unknown[]
    const timing = possibleTiming(delayMs, stretch)
    return typeof key === 'string' && timing !== IN_STEP ? [[key, timing]] : []
  })
}

function isLanguage(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && value.length <= 35)
}
