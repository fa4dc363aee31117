/** The works of feeds that somebody has in folders, by their ids and titles. */
import { type Sha256Text, type WorkId, type WorkRecord, foldText } from '@matinee/catalogue'
import { systemClock } from '@matinee/engine/system'
import { UsageError } from '../command.ts'
import { findSignedFolder } from '../feed/signed-folder.ts'
import { readHeritage } from '../relaunch/feed-heritage.ts'
import { readInherited } from '../relaunch/inherited-work.ts'

/** A work on offer in a feed. */
export interface NamedWork {
  readonly feed: Sha256Text
  readonly work: WorkId
  readonly title: string
  readonly year: number | null
  /** In every language, folded. */
  readonly titles: readonly string[]
}

/** So many of what may be meant are named. */
const MOST_NAMED = 6

/** The works on offer in the signed feeds of some folders. Throws {@link UsageError} when there is none in one, and PublisherError `damaged`. */
export async function openFeedWorks(folders: readonly string[]): Promise<readonly NamedWork[]> {
  const all: NamedWork[] = []
  for (const folder of folders) {
    const found = await findSignedFolder(folder)
    if (found === null)
      throw new UsageError(
        `there is no signed feed in ${folder}: name a publisher's folder, or a copy of a feed`,
      )
    const { fingerprint, works } = await readHeritage(found.source, systemClock().wallMs())
    for (const line of works.values()) {
      const record = readInherited(line)?.record
      if (record !== undefined) all.push(namedWork(fingerprint, record))
    }
  }
  return all
}

/** The work that somebody means by an id, a title, or words that only one title has. Throws {@link UsageError} that says which there are. */
export function findNamed(works: readonly NamedWork[], said: string): NamedWork {
  const folded = foldText(said).trim()
  const ways = [
    works.filter(({ work }) => work === said),
    works.filter(({ titles }) => titles.includes(folded)),
    works.filter(({ titles }) => folded !== '' && titles.some((each) => each.includes(folded))),
  ]
  const found = ways.find((each) => each.length > 0) ?? []
  const [first, second] = found
  if (first === undefined)
    throw new UsageError(`no work is called "${said}": "matinee feed list DIR" names all of a feed`)
  if (second === undefined) return first
  const named = found.slice(0, MOST_NAMED).map((each) => wordsOf(each))
  const more = found.length > MOST_NAMED ? ', …' : ''
  throw new UsageError(`"${said}" may be ${named.join(', ')}${more}: name the id`)
}

/** `night-ferry (Night Ferry, 1931)`. */
function wordsOf({ work, title, year }: NamedWork): string {
  return `${work} (${title}${year === null ? '' : `, ${year}`})`
}

function namedWork(feed: Sha256Text, { id, title, translations, year }: WorkRecord): NamedWork {
  const titles = [title.text, ...Object.values(translations).flatMap((each) => each.title ?? [])]
  return {
    feed,
    work: id,
    title: title.text,
    year: year ?? null,
    titles: titles.map((each) => foldText(each).trim()),
  }
}
