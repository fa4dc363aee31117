import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { planEviction } from './eviction-plan.ts'

const section = fc.record({
  bytes: fc.nat(100),
  usedMs: fc.nat(1000),
  isNeeded: fc.boolean(),
})

test('what goes is not needed, goes in the order of its last use, and is no more than it takes', () => {
  fc.assert(
    fc.property(fc.array(section), fc.nat(3000), (sections, budget) => {
      const going = planEviction(sections, budget)
      const total = sections.reduce((sum, { bytes }) => sum + bytes, 0)
      let left = total
      for (const one of going) {
        assert.ok(!one.isNeeded && left > budget, 'nothing goes in vain')
        left -= one.bytes
      }
      const stays = sections.filter((one) => !going.includes(one) && !one.isNeeded && one.bytes > 0)
      if (left > budget) assert.deepEqual(stays, [], 'all that may go has gone')
      const youngest = Math.max(0, ...going.map(({ usedMs }) => usedMs))
      for (const one of stays) assert.ok(one.usedMs >= youngest)
    }),
  )
})
