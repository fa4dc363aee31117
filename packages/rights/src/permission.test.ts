import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  ACTS,
  EVERYTHING,
  NO,
  NOTHING_KNOWN,
  UNKNOWN,
  YES,
  bothPermissions,
  everyAct,
  isAllowed,
  yesIf,
} from './permission.ts'
import { LICENCES } from './licence/licence.ts'

const anyPermissions = fc.constantFrom(
  ...[...LICENCES.values()].map((licence) => licence.permissions),
  everyAct(NO),
  NOTHING_KNOWN,
)

test('conditions come sorted and once, and no condition is a plain yes', () => {
  assert.deepEqual(yesIf('unmodified', 'attribution', 'unmodified'), {
    kind: 'yes-if',
    conditions: ['attribution', 'unmodified'],
  })
  assert.equal(yesIf(), YES)
  assert(isAllowed(yesIf('attribution')) && isAllowed(YES))
  assert(!isAllowed(NO) && !isAllowed(UNKNOWN))
})

test('what two parts allow together is what both allow, in either order', () => {
  fc.assert(
    fc.property(anyPermissions, anyPermissions, (a, b) => {
      const together = bothPermissions(a, b)
      assert.deepEqual(together, bothPermissions(b, a))
      for (const act of ACTS) {
        assert.equal(isAllowed(together[act]), isAllowed(a[act]) && isAllowed(b[act]))
      }
      assert.deepEqual(bothPermissions(a, EVERYTHING), a)
      assert.deepEqual(bothPermissions(a, a), a)
    }),
  )
})
