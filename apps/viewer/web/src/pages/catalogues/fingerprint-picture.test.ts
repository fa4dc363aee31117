import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { fingerprintGroups, fingerprintPicture } from './fingerprint-picture.ts'

const fingerprints = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => bytes.toHex())

test('a fingerprint has the same picture on every computer', () => {
  // The bytes 0 to 31: two rows have every shape.
  const bytes = Uint8Array.from({ length: 32 }, (_, at) => at)
  const { inks, cells } = fingerprintPicture(bytes.toHex())
  assert.deepEqual(inks, { ground: '#BE2A2C', ink: '#FFF1DC', spot: '#1A0E10', second: '#F5AE3D' })
  assert.deepEqual(
    cells
      .filter(({ row }) => row < 2)
      .map(({ column, row, shape, colour }) => `${column},${row} ${colour} ${shape}`),
    [
      '1,0 ink square',
      '5,0 ink square',
      '2,0 ink disc',
      '4,0 ink disc',
      '3,0 ink wedge',
      '0,1 ink bar',
      '6,1 ink bar',
      '1,1 ink quarter',
      '5,1 ink quarter',
      '2,1 ink corner',
      '4,1 ink corner',
      '3,1 ink ring',
    ],
  )
})

test('the picture is its own mirror image', () => {
  fc.assert(
    fc.property(fingerprints, (fingerprint) => {
      const { cells } = fingerprintPicture(fingerprint)
      const seen = new Map(cells.map((cell) => [`${cell.column} ${cell.row}`, cell]))
      for (const { column, row, shape, colour, isMirrored } of cells) {
        const other = seen.get(`${6 - column} ${row}`)
        assert.deepEqual([other?.shape, other?.colour], [shape, colour])
        assert.equal(isMirrored, column > 3)
      }
    }),
  )
})

test('any other digit in the second place of a byte shows another picture', () => {
  const shown = (fingerprint: string): string => JSON.stringify(fingerprintPicture(fingerprint))
  fc.assert(
    fc.property(
      fingerprints,
      fc.nat({ max: 31 }),
      fc.integer({ min: 1, max: 15 }),
      (fingerprint, byte, by) => {
        const at = byte * 2 + 1
        const digit = Number.parseInt(fingerprint.charAt(at), 16) ^ by
        // An empty cell has no colour.
        fc.pre(byte > 27 || (digit & 7) > 0 || by !== 8)
        const other = fingerprint.slice(0, at) + digit.toString(16) + fingerprint.slice(at + 1)
        assert.notEqual(shown(fingerprint), shown(other))
      },
    ),
  )
})

test('digits stand in sixteen groups of four, none left out', () => {
  fc.assert(
    fc.property(fingerprints, (fingerprint) => {
      const groups = fingerprintGroups(fingerprint)
      assert.equal(groups.length, 16)
      assert.equal(groups.join(''), fingerprint)
      assert.ok(groups.every((group) => group.length === 4))
    }),
  )
})
