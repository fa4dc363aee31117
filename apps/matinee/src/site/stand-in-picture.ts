/**
 * A poster without words for a work that has no picture, as a PNG: players that take pictures only by address show no drawing
 * of ours. Ground, a disc of light and the beam, in the work's own inks.
 */
import { crc32, deflateSync } from 'node:zlib'
import { concatBytes, utf8Bytes } from '@matinee/base'
import type { Inks } from '@matinee/viewer/poster'

const WIDTH = 240
const HEIGHT = 360
/** tan 12°: the one diagonal. */
const BEAM = 0.2126
const DISC = { x: 168, y: 92, r: 46 }
const FLOOR = 268
const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10)

/** 240 by 360 pixels in at most four colours. The same inks give the same bytes. */
export function standInPicture({ ground, ink, spot, second }: Inks): Uint8Array {
  const colours = [ground, ink, spot, second]
  const rows = new Uint8Array(HEIGHT * (WIDTH + 1))
  for (let y = 0; y < HEIGHT; y++)
    // The first byte of a row is its filter: none.
    for (let x = 0; x < WIDTH; x++) rows[y * (WIDTH + 1) + 1 + x] = colourAt(x, y)
  const head = new Uint8Array(13)
  const view = new DataView(head.buffer)
  view.setUint32(0, WIDTH)
  view.setUint32(4, HEIGHT)
  // Eight bits, a palette.
  head.set([8, 3, 0, 0, 0], 8)
  const palette = Uint8Array.from(
    colours.flatMap((colour) => [...Uint8Array.fromHex(colour.slice(1))]),
  )
  return concatBytes([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ])
}

/** Ground 0, ink 1, spot 2, second 3. */
function colourAt(x: number, y: number): number {
  if (y >= FLOOR) return 1
  const { x: cx, y: cy, r } = DISC
  if ((x - cx) ** 2 + (y - cy) ** 2 <= r * r) return 2
  const middle = cx - (y - cy) * 2 * BEAM
  const isLit = y > cy && Math.abs(x - middle) < r + (y - cy) * BEAM
  return isLit ? 3 : 0
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concatBytes([utf8Bytes(type), data])
  const around = new DataView(new ArrayBuffer(8))
  around.setUint32(0, data.length)
  around.setUint32(4, crc32(body))
  const bytes = new Uint8Array(around.buffer)
  return concatBytes([bytes.subarray(0, 4), body, bytes.subarray(4)])
}
