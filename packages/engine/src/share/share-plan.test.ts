import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { planShares, type ShareRank, type ShareWish } from './share-plan.ts'

const RANKS: readonly ShareRank[] = ['playing', 'preferred', 'kept', 'seeding']
const wish = fc.record({ rank: fc.constantFrom(...RANKS), wanted: fc.nat(80) })

test('A11: nobody gets more than it wants, nothing is left while somebody wants it, and no more than there is', () => {
  fc.assert(
    fc.property(fc.array(wish), fc.nat(2000), (wishes, total) => {
      const shares = planShares(wishes, total)
      const given = shares.reduce((sum, share) => sum + share, 0)
      const wanted = wishes.reduce((sum, one) => sum + one.wanted, 0)
      assert.equal(given, Math.min(total, wanted))
      for (const [i, one] of wishes.entries()) assert.ok((shares[i] ?? 0) <= one.wanted)
    }),
  )
})

test('A11: the film that plays comes first, then what is preferred, then what is kept, then what is seeded', () => {
  fc.assert(
    fc.property(fc.array(wish), fc.nat(2000), (wishes, total) => {
      const shares = planShares(wishes, total)
      const isShort = (rank: ShareRank): boolean =>
        wishes.some((one, i) => one.rank === rank && (shares[i] ?? 0) < one.wanted)
      for (const [i, rank] of RANKS.entries())
        for (const lower of RANKS.slice(i + 1))
          if (isShort(rank))
            assert.ok(wishes.every((one, at) => one.rank !== lower || shares[at] === 0))
    }),
  )
})

test('A11: within a rank shares differ by one at most, but for those who want less', () => {
  fc.assert(
    fc.property(fc.array(wish), fc.nat(2000), (wishes, total) => {
      const shares = planShares(wishes, total)
      for (const rank of RANKS) {
        const own = wishes.flatMap((one: ShareWish, i) =>
          one.rank === rank ? [{ share: shares[i] ?? 0, wanted: one.wanted }] : [],
        )
        const most = Math.max(0, ...own.map(({ share }) => share))
        for (const { share, wanted } of own) assert.ok(share === wanted || share >= most - 1)
      }
    }),
  )
})
