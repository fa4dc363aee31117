import { readFilmFacts, type FilmFacts } from './film-facts.ts'
import { filmFaults } from './film-fault.ts'
import { faultWords } from './fault-words.ts'
import { mendingLine } from './mending-line.ts'
import { ReleaseError } from './release-order.ts'

/**
 * What a film is, if every browser plays it at once. Throws {@link ReleaseError} `unplayable` with the line that mends
 * it, `unreadable`, and the signal's reason.
 */
export async function readPlayableFilm(path: string, signal: AbortSignal): Promise<FilmFacts> {
  const film = await readFilmFacts(path, signal)
  const faults = filmFaults(film)
  if (faults.length === 0) return film
  const mend = mendingLine(film, faults)
  const why = `${path}: ${faults.map(faultWords).join('; ')}`
  throw new ReleaseError('unplayable', why, mend === null ? {} : { mend })
}
