import { CODEC_FAMILIES, FAMILY_FACTS, type CodecFamily } from './codec-family.ts'

/** What a browser plays, asked once. */
export interface BrowserAbilities {
  /** As a file, by container. */
  readonly files: Readonly<Record<FileContainer, readonly CodecFamily[]>>
  /** Piece by piece (Media Source Extensions), by the container of the pieces. */
  readonly pieces: Readonly<Record<PieceContainer, readonly CodecFamily[]>>
}

/** Containers of whole files. */
export const FILE_CONTAINERS = ['mp4', 'webm', 'matroska'] as const
/** One of {@link FILE_CONTAINERS}. */
export type FileContainer = (typeof FILE_CONTAINERS)[number]

/** Containers of pieces; `mpeg` is bare MP3. The first that a browser takes is used. */
export const PIECE_CONTAINERS = ['mp4', 'webm', 'mpeg'] as const
/** One of {@link PIECE_CONTAINERS}. */
export type PieceContainer = (typeof PIECE_CONTAINERS)[number]

const FILE_TYPES: Readonly<Record<FileContainer, string>> = {
  mp4: 'video/mp4',
  webm: 'video/webm',
  matroska: 'video/x-matroska',
}

/** The type of pieces of one codec, as a `SourceBuffer` wants it. */
export function pieceType(container: PieceContainer, family: CodecFamily, codec: string): string {
  if (container === 'mpeg') return 'audio/mpeg'
  const medium = FAMILY_FACTS[family].kind === 'sound' ? 'audio' : 'video'
  return `${medium}/${container}; codecs="${codec}"`
}

/**
 * Finds out what a browser plays by asking it about every family.
 *
 * @param playsFile whether it says that it plays files of a type
 * @param playsPieces the same of pieces
 */
export function askAbilities(
  playsFile: (type: string) => boolean,
  playsPieces: (type: string) => boolean,
): BrowserAbilities {
  const inFile = (container: FileContainer): CodecFamily[] =>
    CODEC_FAMILIES.filter((family) =>
      playsFile(`${FILE_TYPES[container]}; codecs="${FAMILY_FACTS[family].sample}"`),
    )
  const inPieces = (container: PieceContainer): CodecFamily[] =>
    CODEC_FAMILIES.filter(
      (family) =>
        (container !== 'mpeg' || family === 'mp3') &&
        playsPieces(pieceType(container, family, FAMILY_FACTS[family].sample)),
    )
  return {
    files: { mp4: inFile('mp4'), webm: inFile('webm'), matroska: inFile('matroska') },
    pieces: { mp4: inPieces('mp4'), webm: inPieces('webm'), mpeg: inPieces('mpeg') },
  }
}
