import { hash } from 'node:crypto'
import type { MadeWork } from './made-work.ts'

type Json = Readonly<Record<string, unknown>>

/** The fields `rights` and `term` of a made-up work's record (docs/feed-format.md, section 6). */
export function madeRights(work: MadeWork, creators: readonly string[]): Json {
  const { rights, year } = work
  switch (rights.kind) {
    case 'licence': {
      const { licence, places = ['worldwide'] } = rights
      return { rights: [entry(work, places, { kind: 'licence', licence }, creators)] }
    }
    case 'term': {
      const people = creators.map((name) => ({ name, died: fact(rights.died) }))
      return {
        rights: [entry(work, ['US', 'EU'], { kind: 'public-domain-term' }, creators)],
        term: {
          film: {
            published: fact({ year }),
            origin: fact(work.countries[0]),
            authors: [
              { role: 'director', kind: 'people', people },
              { role: 'screenplay', kind: 'people', people },
              { role: 'dialogue', kind: 'nobody', verified: true },
              { role: 'composer', kind: 'nobody', verified: true },
            ],
          },
        },
      }
    }
    case 'mark': {
      const basis = { kind: 'public-domain-mark', by: 'holder' }
      return { rights: [entry(work, ['worldwide'], basis, creators)] }
    }
    case 'us-only': {
      const basis = { kind: 'rights-statement', statement: 'NoC-US' }
      return { rights: [entry(work, ['US'], basis, creators)] }
    }
    case 'government':
      return {
        rights: [entry(work, ['US'], { kind: 'public-domain-term' }, creators)],
        term: {
          film: { published: fact({ year }), origin: fact('US'), government: fact(true) },
        },
      }
  }
}

function fact(value: unknown): Json {
  return { value, verified: true }
}

function entry(
  work: MadeWork,
  territories: readonly string[],
  basis: Json,
  creators: readonly string[],
): Json {
  const source = `https://films.example/${work.id}`
  return {
    component: 'film',
    territories,
    basis,
    evidence: [
      {
        kind: 'page',
        speaker: work.rights.kind === 'licence' ? 'rightholder' : 'institution',
        url: source,
        on: '2026-05-04',
        sha256: hash('sha256', source),
      },
    ],
    checks: [
      { by: 'curator-ember', on: '2026-05-05' },
      { by: 'curator-quill', on: '2026-05-09' },
    ],
    verified: work.state !== 'candidate',
    attribution: { title: work.title, creators, source },
  }
}
