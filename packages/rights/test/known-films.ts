/**
 * Films whose status is known, with the facts as the project's reference holds them: content-and-rights.md
 * 3.4 names the cases, starter-works.json the sources. `checked` facts are flagged verified there;
 * `heard` ones are from memory.
 */
import type { Author, Fact, RoleFacts, TermFacts, WorkFacts } from '../src/index.ts'

export function checked<T>(value: T): Fact<T> {
  return { value, verified: true }
}

export function heard<T>(value: T): Fact<T> {
  return { value, verified: false }
}

export function people(role: RoleFacts['role'], ...authors: Author[]): RoleFacts {
  return { role, kind: 'people', people: authors }
}

export function nobody(...roles: RoleFacts['role'][]): RoleFacts[] {
  return roles.map((role) => ({ role, kind: 'nobody', verified: true }))
}

export function film(facts: WorkFacts): TermFacts {
  return { film: facts, parts: [], doubts: [] }
}

/** yorku.ca/osgoode/iposgoode/2021/09/30: published without a notice. Romero died in 2017. */
export const NIGHT_OF_THE_LIVING_DEAD = film({
  published: checked({ year: 1968 }),
  origin: checked('US'),
  notice: checked(false),
  authors: [people('director', { name: 'George A. Romero', died: checked(2017) })],
})

/** collider.com, visualfoodie.com: no valid notice; a dissent argues that some prints had one. */
export const CHARADE: TermFacts = {
  film: {
    published: checked({ year: 1963 }),
    origin: checked('US'),
    notice: checked(false),
    authors: [people('director', { name: 'Stanley Donen' })],
  },
  parts: [],
  doubts: [{ territory: 'worldwide', text: 'Some prints are said to carry a notice.' }],
}

/** everybodyslibraries.com/2023/12/30: not renewed in 1968, but made from a play of 1928. */
export const HIS_GIRL_FRIDAY: TermFacts = {
  film: {
    published: checked({ year: 1940 }),
    origin: checked('US'),
    renewed: checked(false),
    authors: [people('director', { name: 'Howard Hawks' })],
  },
  parts: [
    {
      component: 'underlying',
      title: 'The Front Page',
      facts: {
        published: checked({ year: 1928 }),
        origin: checked('US'),
        notice: checked(true),
        renewed: checked(true),
        authors: [people('author', { name: 'Ben Hecht' }, { name: 'Charles MacArthur' })],
      },
    },
  ],
  doubts: [],
}

/** plagiarismtoday.com/2016/10/19: restored in 1996, protected "until 2022". Lang's death from memory. */
export const METROPOLIS = film({
  published: checked({ year: 1927 }),
  origin: checked('DE'),
  renewed: checked(false),
  authors: [
    people('director', { name: 'Fritz Lang', died: heard(1976) }),
    people('screenplay', { name: 'Thea von Harbou', died: heard(1954) }),
    people('composer', { name: 'Gottfried Huppertz', died: heard(1937) }),
    ...nobody('dialogue'),
  ],
})

/** fantbilbao.eus: Murnau died in 1931. Galeen and Erdmann from memory. */
export const NOSFERATU = film({
  published: checked({ year: 1922 }),
  origin: checked('DE'),
  authors: [
    people('director', { name: 'F. W. Murnau', died: checked(1931) }),
    people('screenplay', { name: 'Henrik Galeen', died: heard(1949) }),
    people('composer', { name: 'Hans Erdmann', died: heard(1942) }),
    ...nobody('dialogue'),
  ],
})

/** Vertov, director and writer, died on 12 February 1954; no score was written for it. */
export const MAN_WITH_A_MOVIE_CAMERA = film({
  published: checked({ year: 1929 }),
  origin: checked('SU'),
  authors: [
    people('director', { name: 'Dziga Vertov', died: checked(1954) }),
    people('screenplay', { name: 'Dziga Vertov', died: checked(1954) }),
    ...nobody('dialogue', 'composer'),
  ],
})

/** kuenste-im-exil.de: Eisenstein died in 1948. Agadzhanova from memory, and Meisel. */
export const BATTLESHIP_POTEMKIN = film({
  published: checked({ year: 1925 }),
  origin: checked('SU'),
  authors: [
    people('director', { name: 'Sergei Eisenstein', died: checked(1948) }),
    people('screenplay', { name: 'Nina Agadzhanova', died: heard(1974) }),
    people('composer', { name: 'Edmund Meisel', died: heard(1930) }),
    ...nobody('dialogue'),
  ],
})

/** Any film of 1965 with a notice: renewed by the law itself. */
export const FILM_OF_1965 = film({
  published: checked({ year: 1965 }),
  origin: checked('US'),
  notice: checked(true),
  authors: [],
})

/** Released in 2014; its director is alive. Listed as "free" by a public dataset, which is wrong. */
export const CITIZENFOUR = film({
  published: checked({ year: 2014 }),
  origin: checked('US'),
  forHire: checked(true),
  authors: [people('director', { name: 'Laura Poitras', died: checked(null) })],
})

/** Wikimedia Commons deletion request: PA 102-338 (1981), RE 279 707 (1986). */
export const PLAN_9 = film({
  published: checked({ year: 1959 }),
  origin: checked('US'),
  notice: checked(true),
  renewed: checked(true),
  authors: [],
})

/** en.wikipedia.org, publicdomainreview.org: not renewed on time. */
export const DOA_1950 = film({
  published: checked({ year: 1950 }),
  origin: checked('US'),
  renewed: checked(false),
  authors: [people('director', { name: 'Rudolph Maté' })],
})
