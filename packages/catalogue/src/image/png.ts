import { ByteView } from './byte-view.ts'
import type { Raster } from './raster.ts'

const SIGNATURE = [0x89504e47, 0x0d0a1a0a]

/** PNG (W3C, third edition): signature, IHDR, chunks, IEND, and nothing behind it. */
export function readPng(bytes: Uint8Array): Raster {
  const view = new ByteView(bytes)
  if (view.big32(0) !== SIGNATURE[0] || view.big32(4) !== SIGNATURE[1])
    return { kind: 'broken', why: 'has no PNG signature' }
  if (view.name(12) !== 'IHDR' || view.big32(8) !== 13)
    return { kind: 'broken', why: 'has no PNG header' }
  let isMoving = false
  let hasData = false
  for (let at = 8; at + 12 <= view.length;) {
    const end = at + 12 + view.big32(at)
    const name = view.name(at + 4)
    if (name === 'acTL') isMoving = true
    if (name === 'IDAT') hasData = true
    if (name === 'IEND' && end === view.length && hasData)
      return { kind: 'raster', width: view.big32(16), height: view.big32(20), isMoving }
    if (name === 'IEND' || !/^[A-Za-z]{4}$/u.test(name)) break
    at = end
  }
  return { kind: 'broken', why: 'does not end as a PNG does' }
}
