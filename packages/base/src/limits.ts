import { KIB, MIB } from './units.ts'

/**
 * Every cap on what a stranger may make us hold or do, with its reason. A value from outside is
 * compared with its limit before memory is taken for it.
 */
export const LIMITS = {
  /** A metainfo however it came (.torrent, info dictionary from a peer). threats.md F4, P11. */
  metainfoBytes: 10 * MIB,
  /** Nested lists and dictionaries in any bencoded value (P10). */
  bencodeDepth: 100,
  /** Values in one bencoded message; 100 000 files need about a million. */
  bencodeTokens: 2_500_000,
  /** Files in a torrent (F4). */
  torrentFiles: 100_000,
  /** Pieces in a torrent (F4). */
  torrentPieces: 2 ** 21,
  /** Folders in a file's path (F4). */
  pathDepth: 100,
  /** Trackers plus web seeds of one torrent (F4). */
  torrentUrls: 200,
  /** A URL from a torrent, a magnet link or a redirect. */
  urlBytes: 2 * KIB,
  /** Largest piece anybody makes; a v1 piece is verified whole (F3). */
  pieceLengthBytes: 128 * MIB,
  /** A magnet link (F10). */
  magnetBytes: 8 * KIB,
  /** A wire message other than a block; extension messages and bitfields fit (P3). */
  wireMessageBytes: 1 * MIB,
  /** The unit of requests, and the most a `piece` message may carry (BEP 3, P3). */
  blockBytes: 16 * KIB,
  /** The largest request we answer (P8). */
  requestBytes: 128 * KIB,
  /** Hashes in one `hashes` message including proofs (BEP 52 allows 8192 hashes in practice). */
  hashesPerMessage: 8192 + 64,
  /** A tracker's answer after decompression (T3). */
  trackerAnswerBytes: 1 * MIB,
  /** Peers taken from one tracker answer; enough for any start. */
  trackerPeers: 500,
  /** Text of a tracker or peer that may be shown (T3). */
  remoteTextCharacters: 200,
  /** Peers taken from one PEX message (P14). */
  pexPeers: 50,
  /** Addresses remembered per torrent (P14). */
  candidates: 3000,
  /** A datagram of the DHT: an item of 1000 bytes, two lists of nodes and a list of peers fit (T5). */
  dhtMessageBytes: 4 * KIB,
  /** Nodes of one family taken from one answer of the DHT; others send 8 to 20 (T5). */
  dhtNodes: 20,
  /** Peers taken from one answer of the DHT; a datagram has room for some 150 (T5). */
  dhtPeers: 100,
  /** A value kept in the DHT (BEP 44, T7). */
  dhtValueBytes: 1000,
  /** A subtitle file; the longest films' have some hundred kilobytes (S3). */
  subtitleBytes: 2 * MIB,
  /** Cues taken from one subtitle file (S3). */
  subtitleCues: 20_000,
  /** Characters of one cue: more than a screen shows (S3). */
  cueCharacters: 1000,
  /** Lines of one cue (S3). */
  cueLines: 8,
  /** Cues shown at one moment: signs, two speakers and a watermark fit (S3). */
  cuesAtOnce: 16,
  /** One part of a film's index (moov, Cues) that is read; ten hours of film have some 20 MB. */
  containerIndexBytes: 32 * MIB,
  /** Samples of one track: pictures of 100 hours at 10 a second, or sound of 20 hours. */
  containerSamples: 4_000_000,
  /** Tracks of one container. */
  containerTracks: 64,
  /** Key points kept of one film: two hours with one every half second, and more. */
  keyPoints: 50_000,
  /** A film's length; what says to be longer says nothing. */
  filmSeconds: 100 * 3600,
} as const
