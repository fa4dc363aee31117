import type { ListSummary } from '@matinee/catalogue'
import { bestLanguage } from './language-choice.ts'
import type { Viewer } from './viewer.ts'

/** A curated list's title and note in the language that suits a viewer best. */
export function listWords(
  { translations }: Pick<ListSummary, 'translations'>,
  viewer: Pick<Viewer, 'languages'>,
): { readonly title: string; readonly note: string | null } {
  const tags = Object.keys(translations)
  const words = translations[bestLanguage(tags, viewer.languages) ?? tags[0] ?? '']
  return { title: words?.title ?? '', note: words?.note ?? null }
}
