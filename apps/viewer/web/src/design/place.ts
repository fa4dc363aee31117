import type { TextKey } from '../i18n/text-key.ts'

/** A place that the bars lead to. */
export interface Place {
  readonly href: string
  readonly name: TextKey
}

/** The five places, in the order of the bars. */
export const PLACES = [
  { href: '/', name: 'design.tonight' },
  { href: '/films', name: 'design.films' },
  { href: '/shorts', name: 'design.shorts' },
  { href: '/series', name: 'design.series' },
  { href: '/shelf', name: 'design.shelf' },
] as const satisfies readonly Place[]

/** Whether an address belongs to a place: the place itself, or what is under it. */
export function isAt(href: string, location: string): boolean {
  return href === '/' ? location === '/' : location === href || location.startsWith(`${href}/`)
}
