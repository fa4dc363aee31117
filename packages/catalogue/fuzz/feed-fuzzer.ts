import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type PictureType, readBundledFeed, readRaster } from '@matinee/catalogue'
import { nodeHash } from '@matinee/testkit'
import { readFolder, setHashes } from '../test/fixture-feed.ts'
import { FIXTURES } from '../test/fixture-record.ts'
import type { Fuzzer } from './fuzzer.ts'
import { RECORD_GRAMMAR, mutateBytes, pick } from './mutation.ts'

const BUNDLE = readFolder(new URL('bundle/', FIXTURES))
const TYPES: readonly PictureType[] = ['image/png', 'image/jpeg', 'image/webp', 'image/avif']
const PICTURES = [
  'still.png',
  'still.jpg',
  'still.webp',
  'lossless.webp',
  'alpha.webp',
  'still.avif',
]
const IMAGES = [...PICTURES, 'moving.png', 'moving.webp', 'moving.avif'].map(
  (name) => new Uint8Array(readFileSync(new URL(`images/${name}`, FIXTURES))),
)
const IMAGE_GRAMMAR = [
  'IHDR',
  'IDAT',
  'IEND',
  'acTL',
  'RIFF',
  'WEBP',
  'VP8X',
  'ANMF',
  'ftyp',
  'ispe',
  'moov',
  '\0\0\0\0',
  '\0\0\0\u0001',
  '<svg/>',
]

/** A bundled feed with one damaged file, hashes set right or not: read or refused, never thrown. */
export const feedFuzzer: Fuzzer = {
  name: 'bundled feed',
  run(random) {
    const files = new Map(BUNDLE)
    const name = pick(random, [...files.keys()])
    files.set(name, mutateBytes(random, files.get(name) ?? new Uint8Array(), RECORD_GRAMMAR))
    if (name !== 'feed.json' && random.below(2) === 0) setHashes(files)
    const read = readBundledFeed(files, nodeHash)
    if (read.kind === 'refused') assert.ok(read.problems.length > 0)
    if (read.kind !== 'feed') return
    for (const { record, entry } of read.feed.offered) assert.equal(record.id, entry.id)
    for (const { picture, bytes } of read.feed.pictures.values()) {
      assert.ok(bytes.length <= 524_288 && picture.width <= 4096 && picture.height <= 4096)
      assert.equal(nodeHash.sha256(bytes).toHex(), picture.sha256)
    }
  },
}

/** Damaged pictures: a size that is a number, or a refusal, after one walk. */
export const rasterFuzzer: Fuzzer = {
  name: 'raster',
  run(random) {
    const bytes = mutateBytes(random, pick(random, IMAGES), IMAGE_GRAMMAR)
    for (const type of TYPES) {
      const raster = readRaster(bytes, type)
      if (raster.kind === 'broken') continue
      assert.ok(Number.isSafeInteger(raster.width) && raster.width >= 0)
      assert.ok(Number.isSafeInteger(raster.height) && raster.height >= 0)
    }
  },
}
