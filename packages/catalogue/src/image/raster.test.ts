import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { concatBytes, utf8Bytes } from '@matinee/base'
import { FIXTURES } from '../../test/fixture-record.ts'
import { type PictureType } from '../record/picture.ts'
import { readRaster } from './raster.ts'

const STILLS: Readonly<Record<string, PictureType>> = {
  'still.png': 'image/png',
  'still.jpg': 'image/jpeg',
  'still.webp': 'image/webp',
  'lossless.webp': 'image/webp',
  'alpha.webp': 'image/webp',
  'still.avif': 'image/avif',
}
const MOVING: Readonly<Record<string, PictureType>> = {
  'moving.png': 'image/png',
  'moving.webp': 'image/webp',
  'moving.avif': 'image/avif',
}
const TYPES: readonly PictureType[] = ['image/png', 'image/jpeg', 'image/webp', 'image/avif']
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

function read(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`images/${name}`, FIXTURES)))
}

for (const [name, type] of Object.entries(STILLS)) {
  test(`the size of ${name} stands in its header`, () => {
    const raster = readRaster(read(name), type)
    assert.deepEqual(raster, { kind: 'raster', width: 32, height: 48, isMoving: false })
  })

  test(`C17: ${name} is a picture of its own type only`, () => {
    for (const other of TYPES.filter((each) => each !== type))
      assert.equal(readRaster(read(name), other).kind, 'broken', other)
  })

  test(`C17: ${name} with another file behind it is no picture`, () => {
    for (const tail of ['PK\u0003\u0004', '<script>alert(1)</script>', '\0', SVG])
      assert.equal(readRaster(concatBytes([read(name), utf8Bytes(tail)]), type).kind, 'broken')
    const twice = concatBytes([read(name), read(name)])
    assert.equal(readRaster(twice, type).kind, 'broken')
  })

  test(`C17: ${name} cut anywhere is no picture`, () => {
    const bytes = read(name)
    for (let end = 0; end < bytes.length; end++)
      assert.equal(readRaster(bytes.subarray(0, end), type).kind, 'broken', `${end} bytes`)
  })
}

for (const [name, type] of Object.entries(MOVING))
  test(`C17: ${name} is known to move`, () => {
    const raster = readRaster(read(name), type)
    assert.deepEqual(raster, { kind: 'raster', width: 32, height: 48, isMoving: true })
  })

test('C17: SVG, HTML and nothing are no picture of any type', () => {
  for (const text of ['', SVG, '<!doctype html><script>alert(1)</script>', 'GIF89a', 'BM'])
    for (const type of TYPES) assert.equal(readRaster(utf8Bytes(text), type).kind, 'broken', type)
})

test('C17: 50 000 pixels each way are seen in the header, without decoding', () => {
  const bytes = read('still.png')
  const header = new DataView(bytes.buffer)
  header.setUint32(16, 50_000)
  header.setUint32(20, 50_000)
  const raster = readRaster(bytes, 'image/png')
  assert.deepEqual(raster, { kind: 'raster', width: 50_000, height: 50_000, isMoving: false })
})

test('C17: a WebP whose picture is larger than its canvas is no picture', () => {
  const bytes = read('alpha.webp')
  bytes[24] = 15 // The canvas is 16 pixels wide now, the picture 32.
  assert.equal(readRaster(bytes, 'image/webp').kind, 'broken')
})

test('C17: a JPEG with two frame headers is no picture', () => {
  const bytes = read('still.jpg')
  const at = bytes.findIndex((byte, index) => byte === 0xff && bytes[index + 1] === 0xc0)
  const length = 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0)
  const frame = bytes.subarray(at, at + length)
  const twice = concatBytes([bytes.subarray(0, at), frame, bytes.subarray(at)])
  assert.equal(readRaster(twice, 'image/jpeg').kind, 'broken')
})
