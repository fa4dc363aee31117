const segment = encodeURIComponent

/** Addresses of pages. */
export const addresses = {
  tonight: '/',
  films: '/films',
  shorts: '/shorts',
  series: '/series',
  browse: '/browse',
  search: '/search',
  shelf: '/shelf',
  kept: '/kept',
  settings: '/settings',
  catalogues: '/settings/catalogues',
  profiles: '/settings/profiles',
  diagnosis: '/diagnosis',
  who: '/who',
  welcome: '/welcome',
  design: '/design',
  work: (workId: string): string => `/work/${segment(workId)}`,
  person: (personId: string): string => `/people/${segment(personId)}`,
  list: (listId: string): string => `/list/${segment(listId)}`,
  searchFor: (text: string): string => `/search?${new URLSearchParams({ text })}`,
} as const

/** The id in the second segment of a path as the browser has it, percent-encoded; null = there is none. */
export function idOfPath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname.split('/')[2] ?? '') || null
  } catch {
    // Anybody can write an address; one that isn't well-formed names nothing.
    return null
  }
}
