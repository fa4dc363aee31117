import type { RecordSigner } from '../thanks.ts'
import type { Viewer } from '../viewer.ts'
import { serverText } from './server-words.ts'

/**
 * Who lists a work, for its rights card; of a feed that is out of date, since when.
 *
 * @param expiredDays whole days since it was last confirmed; null = it holds, or came with Matinee
 */
export function sourceWords(
  signer: RecordSigner,
  expiredDays: number | null,
  { language }: Pick<Viewer, 'language'>,
): string {
  if (signer.kind === 'bundled') return serverText(language, 'slip.bundled')
  const feed = signer.name
  return expiredDays === null || expiredDays < 2
    ? serverText(language, 'slip.signed', { feed })
    : serverText(language, 'slip.signed-old', { feed, days: String(expiredDays) })
}
