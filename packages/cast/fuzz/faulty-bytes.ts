import { concatBytes, type Random } from '@matinee/base'

/** Bytes that break what counts and adds. */
const EVIL = [0, 1, 0x0c, 0x3f, 0x40, 0x7f, 0x80, 0xc0, 0xff]

/** Bytes with a few faults: changed, cut, or doubled in part. */
export function faultyBytes(random: Random, good: Uint8Array): Uint8Array {
  let bytes: Uint8Array = good.slice()
  for (let faults = 1 + random.below(4); faults > 0; faults--) {
    const at = random.below(bytes.length + 1)
    switch (random.below(4)) {
      case 0:
        if (at < bytes.length) bytes[at] = EVIL[random.below(EVIL.length)] ?? 0
        break
      case 1:
        bytes = bytes.slice(0, at)
        break
      case 2:
        bytes = concatBytes([
          bytes.subarray(0, at),
          random.bytes(random.below(9)),
          bytes.subarray(at),
        ])
        break
      default:
        bytes = concatBytes([bytes, bytes.subarray(at)])
    }
  }
  return bytes
}
