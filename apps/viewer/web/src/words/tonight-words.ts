import type { TonightReason } from '#api'
import { countryName } from '../i18n/display-names.ts'
import type { Sentence } from '../i18n/text-key.ts'

/** Why this film, tonight: one sentence. */
export function tonightSentence(reason: TonightReason, language: string): Sentence {
  switch (reason.kind) {
    case 'new':
      return { key: 'home.why-new' }
    case 'list':
      return { key: 'home.why-list', values: { title: reason.title } }
    case 'anniversary':
      return { key: 'home.why-anniversary', values: { count: reason.years } }
    case 'short':
      return { key: 'home.why-short', values: { count: reason.minutes } }
    case 'favourite':
      return { key: 'home.why-favourite' }
    case 'elsewhere':
      return {
        key: 'home.why-elsewhere',
        values: { country: countryName(reason.country, language) },
      }
    case 'wordless':
      return { key: 'home.why-wordless' }
    case 'never-seen':
      return { key: 'home.why-never-seen' }
  }
}
