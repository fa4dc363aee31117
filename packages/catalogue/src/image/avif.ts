import { ByteView } from './byte-view.ts'
import type { Raster } from './raster.ts'

interface Box {
  readonly name: string
  /** Half-open, without the box's own header. */
  readonly start: number
  readonly end: number
}

const BROKEN: Raster = { kind: 'broken', why: 'is not one whole AVIF' }
const PARTS = ['ftyp', 'meta', 'mdat', 'free', 'skip']

/**
 * AVIF (AV1 Image File Format, on ISO/IEC 23008-12): boxes that fill the file; the size is the largest
 * `ispe`, which decoders compare with what they decode.
 */
export function readAvif(bytes: Uint8Array): Raster {
  const view = new ByteView(bytes)
  const boxes = boxesIn(view, 0, view.length)
  const [brands, ...others] = boxes ?? []
  if (boxes === null || brands?.name !== 'ftyp') return BROKEN
  const names = brandsOf(view, brands)
  // A sequence has brand `avis` and a `moov`, like any film.
  const isMoving = names.includes('avis') || others.some(({ name }) => name === 'moov')
  const isAvif = names.includes('avif') || names.includes('avis')
  if (!isAvif || !boxes.every(({ name }) => PARTS.includes(name) || isMoving)) return BROKEN
  const count = (part: string): number => boxes.filter(({ name }) => name === part).length
  if (count('ftyp') !== 1 || count('meta') !== 1 || count('mdat') === 0) return BROKEN
  const sizes = boxes.filter(({ name }) => name === 'meta').flatMap((meta) => sizesIn(view, meta))
  if (sizes.length === 0) return BROKEN
  const width = Math.max(...sizes.map((size) => size.width))
  const height = Math.max(...sizes.map((size) => size.height))
  return { kind: 'raster', width, height, isMoving }
}

/** The major brand and those it's compatible with. */
function brandsOf(view: ByteView, box: Box): string[] {
  const names = [view.name(box.start)]
  for (let at = box.start + 8; at + 4 <= box.end; at += 4) names.push(view.name(at))
  return names
}

/** `meta` / `iprp` / `ipco` / `ispe`; `meta` and `ispe` have version and flags before their content. */
function sizesIn(view: ByteView, meta: Box): { width: number; height: number }[] {
  return within(view, { ...meta, start: meta.start + 4 }, 'iprp')
    .flatMap((properties) => within(view, properties, 'ipco'))
    .flatMap((container) => within(view, container, 'ispe'))
    .map(({ start }) => ({ width: view.big32(start + 4), height: view.big32(start + 8) }))
}

function within(view: ByteView, box: Box, name: string): Box[] {
  return (boxesIn(view, box.start, box.end) ?? []).filter((inner) => inner.name === name)
}

/** The boxes that fill a part of the file, or `null` when they don't. */
function boxesIn(view: ByteView, start: number, end: number): Box[] | null {
  const boxes: Box[] = []
  let at = start
  while (at + 8 <= end) {
    const short = view.big32(at)
    const isLong = short === 1
    const long = view.big32(at + 8) * 2 ** 32 + view.big32(at + 12)
    const size = isLong ? long : short === 0 ? end - at : short
    const header = isLong ? 16 : 8
    if (size < header || at + size > end) return null
    boxes.push({ name: view.name(at + 4), start: at + header, end: at + size })
    at += size
  }
  return at === end ? boxes : null
}
