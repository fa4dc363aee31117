/**
 * Codecs as far as a player must tell them apart: each is decoded or not, whatever its level. Every name is a
 * word of the API between server and pages.
 */
export const CODEC_FAMILIES = [
  'h264',
  'h264-10',
  'h264-422',
  'h264-444',
  'hevc',
  'hevc-10',
  'vp8',
  'vp9',
  'vp9-10',
  'av1',
  'av1-10',
  'aac',
  'mp3',
  'opus',
  'vorbis',
  'flac',
  'ac-3',
  'e-ac-3',
  'dts',
  'truehd',
] as const
/** One of {@link CODEC_FAMILIES}. */
export type CodecFamily = (typeof CODEC_FAMILIES)[number]

/** What is known of a family. */
export interface FamilyFacts {
  readonly kind: 'picture' | 'sound'
  /** One of its codec strings, for asking a browser (RFC 6381): its level is what films in full HD need. */
  readonly sample: string
  /** What people call it. */
  readonly words: string
}

/** Every family's facts. */
export const FAMILY_FACTS: Readonly<Record<CodecFamily, FamilyFacts>> = {
  h264: { kind: 'picture', sample: 'avc1.640033', words: 'H.264' },
  'h264-10': { kind: 'picture', sample: 'avc1.6e0033', words: 'H.264 (10 bit)' },
  'h264-422': { kind: 'picture', sample: 'avc1.7a0033', words: 'H.264 (4:2:2)' },
  'h264-444': { kind: 'picture', sample: 'avc1.f40033', words: 'H.264 (4:4:4)' },
  hevc: { kind: 'picture', sample: 'hvc1.1.6.L123.B0', words: 'HEVC' },
  'hevc-10': { kind: 'picture', sample: 'hvc1.2.4.L123.B0', words: 'HEVC (10 bit)' },
  vp8: { kind: 'picture', sample: 'vp8', words: 'VP8' },
  vp9: { kind: 'picture', sample: 'vp09.00.41.08', words: 'VP9' },
  'vp9-10': { kind: 'picture', sample: 'vp09.02.41.10', words: 'VP9 (10 bit)' },
  av1: { kind: 'picture', sample: 'av01.0.09M.08', words: 'AV1' },
  'av1-10': { kind: 'picture', sample: 'av01.0.09M.10', words: 'AV1 (10 bit)' },
  aac: { kind: 'sound', sample: 'mp4a.40.2', words: 'AAC' },
  mp3: { kind: 'sound', sample: 'mp3', words: 'MP3' },
  opus: { kind: 'sound', sample: 'opus', words: 'Opus' },
  vorbis: { kind: 'sound', sample: 'vorbis', words: 'Vorbis' },
  flac: { kind: 'sound', sample: 'flac', words: 'FLAC' },
  'ac-3': { kind: 'sound', sample: 'ac-3', words: 'AC-3' },
  'e-ac-3': { kind: 'sound', sample: 'ec-3', words: 'E-AC-3' },
  dts: { kind: 'sound', sample: 'dtsc', words: 'DTS' },
  truehd: { kind: 'sound', sample: 'mlpa', words: 'TrueHD' },
}

const PATTERNS: readonly (readonly [RegExp, CodecFamily])[] = [
  [/^avc[13](?:\.(?:42|4d|58|64)|$)/iu, 'h264'],
  [/^avc[13]\.6e/iu, 'h264-10'],
  [/^avc[13]\.7a/iu, 'h264-422'],
  [/^avc[13]\.(?:f4|44)/iu, 'h264-444'],
  [/^h(?:vc|ev)1\.2\./iu, 'hevc-10'],
  [/^h(?:vc|ev)1(?:\.[13]\.|$)/iu, 'hevc'],
  [/^vp0?8(?:\.|$)/iu, 'vp8'],
  [/^vp0?9\.0[23]/iu, 'vp9-10'],
  [/^vp0?9(?:\.|$)/iu, 'vp9'],
  [/^av01(?:\.[^.]+){2}\.1\d/iu, 'av1-10'],
  [/^av01/iu, 'av1'],
  [/^(?:mp3$|mp4a\.(?:6b|69|40\.34))/iu, 'mp3'],
  [/^mp4a\.(?:40|66|67|68)/iu, 'aac'],
  [/^opus$/iu, 'opus'],
  [/^vorbis$/iu, 'vorbis'],
  [/^flac$/iu, 'flac'],
  [/^ac-3$|^mp4a\.a5$/iu, 'ac-3'],
  [/^ec-3$|^mp4a\.a6$/iu, 'e-ac-3'],
  [/^dts[cehlx-]?$|^dts$/iu, 'dts'],
  [/^(?:truehd|mlpa)$/iu, 'truehd'],
]

/** The family of a codec string, as a container's index names it; `null` = one that no browser plays. */
export function familyOf(codec: string): CodecFamily | null {
  return PATTERNS.find(([pattern]) => pattern.test(codec))?.[1] ?? null
}

/** What people call a codec; of one that isn't known the container's own name for it, at most 24 plain characters. */
export function codecWords(codec: string): string {
  const family = familyOf(codec)
  if (family !== null) return FAMILY_FACTS[family].words
  const plain = codec.replaceAll(/[^\w./ -]/gu, '').slice(0, 24)
  return plain === '' ? '?' : plain
}
