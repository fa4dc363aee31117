import { latin1 } from '@matinee/base'

/** As many first bytes as {@link mediaType} can use. */
export const PROBE_BYTES = 1024

/**
 * F11: what a file is, by its own first bytes and nothing else. Null for whatever a browser could run or
 * that isn't on this list: a name or a torrent's word is never asked.
 *
 * @param head the first {@link PROBE_BYTES} of the file, or all of it when it's shorter
 */
export function mediaType(head: Uint8Array): string | null {
  const text = latin1(head.subarray(0, PROBE_BYTES))
  return (
    isoMediaType(text) ??
    matroskaType(text) ??
    riffType(text) ??
    plainType(text) ??
    streamType(text)
  )
}

function isoMediaType(text: string): string | null {
  // The box that names the format is short, so its size begins with zeros: no text can look like it.
  if (!text.startsWith('\0\0') || text.slice(4, 8) !== 'ftyp') return null
  const brand = text.slice(8, 12)
  if (brand === 'avif' || brand === 'avis') return 'image/avif'
  // Still pictures in a container that only looks like a film.
  if (/^(?:heic|heix|hevc|heim|heis|mif1|msf1|jpeg|crx )$/u.test(brand)) return null
  return /^M4[AB] $/u.test(brand) ? 'audio/mp4' : 'video/mp4'
}

function matroskaType(text: string): string | null {
  if (!text.startsWith('\x1a\x45\xdf\xa3')) return null
  // DocType (0x4282), a length of one byte, and the text.
  const type = /\x42\x82[\x80-\xff](webm|matroska)/u.exec(text.slice(0, 80))?.[1]
  if (type === undefined) return null
  return type === 'webm' ? 'video/webm' : 'video/x-matroska'
}

function riffType(text: string): string | null {
  if (!text.startsWith('RIFF')) return null
  switch (text.slice(8, 12)) {
    case 'WEBP':
      return 'image/webp'
    case 'WAVE':
      return 'audio/wav'
    case 'AVI ':
      return 'video/x-msvideo'
    default:
      return null
  }
}

/** Formats with a signature at the very beginning. */
function plainType(text: string): string | null {
  // WebVTT 6.1: an optional byte order mark, the word, then white space or the end.
  if (/^(?:\xef\xbb\xbf)?WEBVTT(?:[\t\n\r ]|$)/u.test(text)) return 'text/vtt; charset=utf-8'
  // What we write for whoever draws subtitles.
  if (text.startsWith('[Script Info]\n')) return 'text/x-ssa; charset=utf-8'
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (text.startsWith('fLaC')) return 'audio/flac'
  if (text.startsWith('OggS')) return text.includes('theora') ? 'video/ogg' : 'audio/ogg'
  if (text.startsWith('ID3')) return 'audio/mpeg'
  return null
}

/** Formats that begin with a frame or packet header. */
function streamType(text: string): string | null {
  if (text.startsWith('\x00\x00\x01\xba')) return 'video/mpeg'
  if (text[0] === 'G' && text[188] === 'G' && text[376] === 'G') return 'video/mp2t'
  if (/^\xff[\xf0\xf1\xf8\xf9]/u.test(text)) return 'audio/aac'
  if (/^\xff[\xe2\xe3\xf2\xf3\xfa\xfb]/u.test(text)) return 'audio/mpeg'
  return null
}
