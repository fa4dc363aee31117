import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MIB } from '@matinee/base'
import { SeededRandom } from '@matinee/testkit'
import { growthOf, type SoakSample } from './flatness.ts'

/** An hour of samples, with noise, and what grows from minute to minute. */
function samples(growth: Partial<SoakSample> = {}): SoakSample[] {
  const random = new SeededRandom('flatness')
  return Array.from({ length: 60 }, (_, minute) => {
    const grown = (what: keyof SoakSample, base: number, noise: number): number =>
      base + noise * random.fraction() + minute * (growth[what] ?? 0)
    return {
      seconds: 60 * minute,
      heldBytes: grown('heldBytes', 60 * MIB, 8 * MIB),
      residentBytes: grown('residentBytes', 200 * MIB, 30 * MIB),
      timers: grown('timers', 300, 30),
      sockets: grown('sockets', 900, 60),
      descriptors: grown('descriptors', 950, 60),
    }
  })
}

const grew = (all: readonly SoakSample[]): string[] =>
  growthOf(all)
    .filter(({ after, limit }) => after > limit)
    .map(({ what }) => what)

test('what only wavers is flat', () => {
  assert.deepEqual(grew(samples()), [])
})

test('a third of a megabyte a minute, or two timers, sockets or files, are found within an hour', () => {
  assert.deepEqual(grew(samples({ heldBytes: MIB / 3 })), ['heldBytes'])
  assert.deepEqual(grew(samples({ timers: 2 })), ['timers'])
  assert.deepEqual(grew(samples({ sockets: 4, descriptors: 4 })), ['sockets', 'descriptors'])
})

test('too few samples say nothing', () => {
  assert.throws(() => growthOf(samples().slice(0, 11)), RangeError)
})
