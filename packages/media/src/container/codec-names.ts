/** Names of codecs as RFC 6381 and the registrations of each codec build them, from the decoder's own setup bytes. */

/** `avc1.64001f` from an avcC record; the bare name when that is cut short. */
export function avcName(entry: string, avcC: Uint8Array): string {
  return avcC.length < 4 ? entry : `${entry}.${avcC.subarray(1, 4).toHex()}`
}

/** `hvc1.1.6.L93.B0` from an hvcC record (ISO 14496-15 annex E). */
export function hevcName(entry: string, hvcC: Uint8Array): string {
  if (hvcC.length < 13) return entry
  const first = hvcC[1] ?? 0
  const space = ['', 'A', 'B', 'C'][first >> 6] ?? ''
  const view = new DataView(hvcC.buffer, hvcC.byteOffset, hvcC.byteLength)
  const level = `${(first >> 5) & 1 ? 'H' : 'L'}${hvcC[12]}`
  const compatible = reversedBits(view.getUint32(2)).toString(16)
  const constraints = [...hvcC.subarray(6, 12)]
  while (constraints.at(-1) === 0) constraints.pop()
  const tail = constraints.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase())
  return [`${entry}.${space}${first & 31}`, compatible, level, ...tail].join('.')
}

/** `av01.0.04M.08` from an av1C record. */
export function av1Name(av1C: Uint8Array): string {
  const [, profileLevel, flags] = av1C
  if (profileLevel === undefined || flags === undefined) return 'av01'
  const bits = flags & 0x40 ? (flags & 0x20 ? '12' : '10') : '08'
  const level = String(profileLevel & 31).padStart(2, '0')
  return `av01.${profileLevel >> 5}.${level}${flags & 0x80 ? 'H' : 'M'}.${bits}`
}

/** `vp09.00.21.08` from the fields of a vpcC box behind its version. */
export function vp9Name(vpcC: Uint8Array): string {
  const [profile, level, depth] = vpcC
  if (profile === undefined || level === undefined || depth === undefined) return 'vp09'
  const two = (value: number): string => String(value).padStart(2, '0')
  return `vp09.${two(profile)}.${two(level)}.${two(depth >> 4)}`
}

/** `mp4a.40.2` from an AudioSpecificConfig (ISO 14496-3 1.6.2.1). */
export function aacName(config: Uint8Array): string {
  const [first = 0, second = 0] = config
  const short = first >> 3
  const type = short === 31 ? 32 + (((first & 7) << 3) | (second >> 5)) : short
  return config.length < 2 || type === 0 ? 'mp4a.40' : `mp4a.40.${type}`
}

/** The name of a Matroska codec ID, with its private bytes; the ID itself where browsers have no name for it. */
export function matroskaCodecName(id: string, config: Uint8Array): string {
  if (id === 'V_MPEG4/ISO/AVC') return avcName('avc1', config)
  if (id === 'V_MPEGH/ISO/HEVC') return hevcName('hvc1', config)
  if (id === 'V_AV1') return av1Name(config)
  if (id.startsWith('A_AAC')) return aacName(config)
  if (id.startsWith('A_DTS')) return 'dts'
  return MATROSKA_NAMES[id] ?? id
}

const MATROSKA_NAMES: Readonly<Record<string, string>> = {
  V_VP8: 'vp8',
  V_VP9: 'vp9',
  A_OPUS: 'opus',
  A_VORBIS: 'vorbis',
  A_FLAC: 'flac',
  A_AC3: 'ac-3',
  A_EAC3: 'ec-3',
  'A_MPEG/L3': 'mp3',
  A_TRUEHD: 'truehd',
  'S_TEXT/UTF8': 'srt',
  'S_TEXT/ASS': 'ass',
  'S_TEXT/SSA': 'ass',
  'S_TEXT/WEBVTT': 'webvtt',
  'D_WEBVTT/SUBTITLES': 'webvtt',
}

function reversedBits(value: number): number {
  let out = 0
  for (let bit = 0; bit < 32; bit++) if (value & (1 << bit)) out |= 1 << (31 - bit)
  return out >>> 0
}
