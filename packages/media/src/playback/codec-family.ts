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

/** A codec string of each family, for asking a browser (RFC 6381): its level is what films in full HD need. */
export const FAMILY_SAMPLES: Readonly<Record<CodecFamily, string>> = {
  h264: 'avc1.640033',
  'h264-10': 'avc1.6e0033',
  'h264-422': 'avc1.7a0033',
  'h264-444': 'avc1.f40033',
  hevc: 'hvc1.1.6.L123.B0',
  'hevc-10': 'hvc1.2.4.L123.B0',
  vp8: 'vp8',
  vp9: 'vp09.00.41.08',
  'vp9-10': 'vp09.02.41.10',
  av1: 'av01.0.09M.08',
  'av1-10': 'av01.0.09M.10',
  aac: 'mp4a.40.2',
  mp3: 'mp3',
  opus: 'opus',
  vorbis: 'vorbis',
  flac: 'flac',
  'ac-3': 'ac-3',
  'e-ac-3': 'ec-3',
  dts: 'dtsc',
  truehd: 'mlpa',
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

const WORDS: Readonly<Partial<Record<CodecFamily, string>>> = {
  h264: 'H.264',
  'h264-10': 'H.264 (10 bit)',
  'h264-422': 'H.264 (4:2:2)',
  'h264-444': 'H.264 (4:4:4)',
  hevc: 'HEVC',
  'hevc-10': 'HEVC (10 bit)',
  vp8: 'VP8',
  vp9: 'VP9',
  'vp9-10': 'VP9 (10 bit)',
  av1: 'AV1',
  'av1-10': 'AV1 (10 bit)',
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  'ac-3': 'AC-3',
  'e-ac-3': 'E-AC-3',
  dts: 'DTS',
  truehd: 'TrueHD',
}

/** What people call a codec; of one that isn't known the container's own name for it, at most 24 plain characters. */
export function codecWords(codec: string): string {
  const family = familyOf(codec)
  const plain = codec.replaceAll(/[^\w./ -]/gu, '').slice(0, 24)
  return (family === null ? undefined : WORDS[family]) ?? (plain === '' ? '?' : plain)
}
