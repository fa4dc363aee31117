import type { NumberLists } from './number-lists.ts'
import type { OfferedWorks } from './offered-works.ts'
import { USES } from './offer.ts'
import { KINDS, NAMED, type NamedList, type Segment } from './segment.ts'
import { lengthNumber } from './work-filter.ts'
import { FACETS, type FacetCount, type FacetName, type Facets, LENGTHS } from './work-query.ts'

/** A feed may name as many genres as it has works. */
const VALUES = 200

/** Sums up what was counted in segments, for facets. */
export class FacetTally {
  readonly #counts = new Map<FacetName, Map<string, number>>(
    FACETS.map((facet) => [facet, new Map()]),
  )

  /** Adds what was counted in a segment. */
  add(tally: SegmentTally): void {
    tally.report((facet, value, count) => {
      if (count === 0) return
      const values = this.#counts.get(facet)
      values?.set(value, (values.get(value) ?? 0) + count)
    })
  }

  /** Everything counted. */
  facets(): Facets {
    const of = (facet: FacetName): FacetCount[] => {
      const counts = [...(this.#counts.get(facet) ?? [])]
      const values = counts.map(([value, count]) => ({ value, count }))
      return inOrder(facet, values).slice(0, VALUES)
    }
    return {
      kinds: of('kinds'),
      genres: of('genres'),
      decades: of('decades'),
      lengths: of('lengths'),
      languages: of('languages'),
      subtitles: of('subtitles'),
      descriptions: of('descriptions'),
      countries: of('countries'),
      licences: of('licences'),
      uses: of('uses'),
      feeds: of('feeds'),
    }
  }
}

function inOrder(facet: FacetName, values: FacetCount[]): FacetCount[] {
  const lengths = Object.keys(LENGTHS)
  if (facet === 'lengths')
    return values.sort((a, b) => lengths.indexOf(a.value) - lengths.indexOf(b.value))
  if (facet === 'decades') return values.sort((a, b) => Number(a.value) - Number(b.value))
  return values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

/** Counts the values of works of one segment, in plain arrays. */
export class SegmentTally {
  readonly #segment: Segment
  readonly #offered: OfferedWorks
  readonly #kinds = new Uint32Array(KINDS.length)
  readonly #decades = new Uint32Array(300)
  readonly #lengths = new Uint32Array(Object.keys(LENGTHS).length)
  readonly #named: Readonly<Record<NamedList, Uint32Array>>
  readonly #licences: Uint32Array
  readonly #uses: Uint32Array
  #works = 0

  constructor(segment: Segment, offered: OfferedWorks) {
    this.#segment = segment
    this.#offered = offered
    const counts = (): Uint32Array => new Uint32Array(segment.names.length)
    this.#named = {
      genres: counts(),
      languages: counts(),
      subtitles: counts(),
      descriptions: counts(),
      countries: counts(),
    }
    this.#licences = new Uint32Array(offered.licences.length)
    this.#uses = new Uint32Array(offered.licences.length)
  }

  /** Counts a work in every facet, or in one. */
  count(work: number, only: FacetName | null): void {
    if (only !== null) return this.#countIn(only, work)
    bump(this.#kinds, this.#segment.kinds[work] ?? 0)
    this.#countDecade(work)
    this.#countLength(work)
    for (const facet of NAMED) bumpAll(this.#named[facet], this.#segment[facet], work)
    const offer = this.#segment.offers.classOf[work] ?? 0
    bump(this.#licences, offer)
    bump(this.#uses, offer)
    this.#works++
  }

  #countIn(facet: FacetName, work: number): void {
    const { kinds, offers } = this.#segment
    switch (facet) {
      case 'kinds':
        return bump(this.#kinds, kinds[work] ?? 0)
      case 'decades':
        return this.#countDecade(work)
      case 'lengths':
        return this.#countLength(work)
      case 'genres':
      case 'languages':
      case 'subtitles':
      case 'descriptions':
      case 'countries':
        return bumpAll(this.#named[facet], this.#segment[facet], work)
      case 'licences':
        return bump(this.#licences, offers.classOf[work] ?? 0)
      case 'uses':
        return bump(this.#uses, offers.classOf[work] ?? 0)
      case 'feeds':
        this.#works++
    }
  }

  #countDecade(work: number): void {
    bump(this.#decades, Math.floor((this.#segment.years[work] ?? 0) / 10))
  }

  #countLength(work: number): void {
    const durationSeconds = this.#segment.durationsSeconds[work] ?? 0
    if (durationSeconds !== 0) bump(this.#lengths, lengthNumber(durationSeconds))
  }

  /** Tells what was counted. */
  report(report: (facet: FacetName, value: string, count: number) => void): void {
    const { names, feed } = this.#segment
    const { licences, uses } = this.#offered
    for (const [kind, count] of this.#kinds.entries()) report('kinds', KINDS[kind] ?? '', count)
    // Decade 0 is a work without a year.
    for (const [decade, count] of this.#decades.entries())
      if (decade > 0) report('decades', String(decade * 10), count)
    for (const [index, value] of Object.keys(LENGTHS).entries())
      report('lengths', value, this.#lengths[index] ?? 0)
    for (const facet of NAMED)
      for (const [name, count] of this.#named[facet].entries())
        report(facet, names[name] ?? '', count)
    for (const [offer, count] of this.#licences.entries())
      report('licences', licences[offer] ?? '', count)
    for (const [offer, count] of this.#uses.entries())
      for (const [bit, use] of USES.entries())
        if (((uses[offer] ?? 0) & (1 << bit)) !== 0) report('uses', use, count)
    report('feeds', feed.id, this.#works)
  }
}

function bump(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1
}

function bumpAll(counts: Uint32Array, { offsets, values }: NumberLists, key: number): void {
  const end = offsets[key + 1] ?? 0
  for (let at = offsets[key] ?? 0; at < end; at++) bump(counts, values[at] ?? 0)
}
