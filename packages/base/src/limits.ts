// More lines than usual: whoever asks what strangers can cost us finds all of it here.
import { DAY_MS, KIB, MIB, MINUTE_MS, SECOND_MS } from './units.ts'

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
  /** Lines of a styled script drawn at one moment: signs are made of dozens of layers (S3). */
  drawnAtOnce: 200,
  /** A line of subtitles inside a film, with its overrides (S3). */
  embeddedCueBytes: 64 * KIB,
  /** Styles of the subtitles inside a film (S3). */
  embeddedHeaderBytes: 256 * KIB,
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

  // Connections of a peer (threats.md 3.1).
  /** Incoming connections that haven't finished their handshake; the oldest makes place (threats.md P4). */
  halfOpenConnections: 100,
  /** A stranger has this long for the whole handshake, however slowly it drips (threats.md P4). */
  handshakeMs: 10 * SECOND_MS,
  /** A message must be whole this long after its first byte (threats.md P4). */
  messageMs: 2 * MINUTE_MS,
  /** A peer that sends nothing at all for this long is gone; keep-alives come every two minutes (BEP 3). */
  silenceMs: 3 * MINUTE_MS,
  /** What a peer may say without data, and how much of it at once (P18). */
  messagesPerSecond: 2000,
  messageBurstMs: 10 * SECOND_MS,
  /** BEP 6 speaks of about ten; more would only take memory. */
  allowedFastPieces: 64,
  /** `have` messages kept while the number of pieces is unknown. */
  unjudgedHaves: 10_000,
  /** Connections being dialed at once. */
  dialingAtOnce: 50,
  /** A peer is this far away at most, or its address is tried again later: dead ones must not hold up the others. */
  dialMs: 4 * SECOND_MS,
  /** After this many failures in a row an address is forgotten. */
  dialFailures: 8,
  /** The longest wait before an address is tried again. */
  dialBackOffMs: 10 * MINUTE_MS,

  // What a peer may ask of us (P7, P8).
  /** Requests that one peer may have waiting with us (threats.md P7: at most 2000). */
  waitingRequests: 500,
  /** After this many refused requests a peer is closed (P8). */
  refusedRequests: 50,
  /** Unsent bytes per peer beyond which nothing is read for it: a small buffer keeps its cancels worth something. */
  unsentBytes: 64 * KIB,
  /** Hash requests of one peer that are being answered from the disk at the same time. */
  hashAnswersAtOnce: 8,

  // What a peer may make us hold (P10, P11).
  /** Peers asked for the whole metadata at the same time; each one's answer is judged alone. */
  metadataSources: 3,
  /** Metadata pieces asked of one peer at once. */
  metadataRequests: 8,
  /** A source that sends nothing for this long makes place for another. */
  metadataMs: 5 * SECOND_MS,
  /** What comes more often is ignored; the first may come soon after the start. */
  pexEveryMs: 30 * SECOND_MS,
  /** Unverified bytes beyond which pieces that no reader waits for are dropped. */
  heldBytes: 64 * MIB,
  /** Differing copies that are kept of one piece. */
  blockTwins: 64,
  /** With so many different senders of one block and no answer, a piece is started afresh. */
  blockWitnesses: 4,
  /** Trials whose outcome is remembered. */
  provedLiars: 16,
  /** What may be in memory alone: two minutes of a film in HD. More is given up, the oldest first. */
  unsavedBytes: 128 * MIB,
  /** Written blocks that are kept: a reader takes them soon after they came, and so does the look at a piece's other hash. */
  recentBytes: 2 * MIB,
  /** Unwritten bytes beyond which peers are asked for nothing more. Two long writes of the disk. */
  queuedBytes: 8 * MIB,

  // Trackers, web seeds and links (T3, T4, T9, F4).
  /** Trackers asked for one torrent. */
  trackers: 20,
  /** So long after an answer it may be asked again, however long the tracker would have us wait: nobody is there. */
  announceEveryMs: 1 * MINUTE_MS,
  /** The longest wait before a tracker that failed is asked again. */
  trackerBackOffMs: 30 * MINUTE_MS,
  /** A stop must not hold up the end of the program. */
  goodbyeMs: 1 * SECOND_MS,
  /** The whole answer must be here by then (threats.md T3). */
  trackerMs: 30 * SECOND_MS,
  /** BEP 15 has eight, the last after an hour; the announcer goes on by itself. */
  udpTrackerTries: 3,
  /** BEP 15: how long a connection id is good for. */
  udpConnectionMs: 60 * SECOND_MS,
  /** A .torrent file from where a magnet link says. */
  exactSourceMs: 60 * SECOND_MS,
  /** Addresses kept of a torrent. */
  rememberedPeers: 50,
  rememberedPeersBytes: 4 * KIB,
  /** Asked for one torrent; a list of thousands would be a way to flood others through us. */
  webSeeds: 10,
  /** Answers under way at once. The next is asked for before the last has ended, so that no round trip is lost. */
  webSeedRequests: 4,
  /** Blocks of one request: what is asked for later must not wait for a long answer. */
  webSeedBlocks: 32,
  /** The longest rest after a web seed failed. */
  webSeedRestMs: 10 * MINUTE_MS,
  /** An answer that takes longer is given up: what it owes has long been asked of others. */
  webSeedMs: 30 * SECOND_MS,
  /** Longest rest that a server may ask for. */
  webSeedAskedRestMs: 30 * MINUTE_MS,

  // The DHT (T5, T6, T7).
  /** Messages of one address that are read in a second (threats.md T6). */
  dhtAnswersPerSecond: 5,
  /** Who sends so many in such a time is not heard for so long. */
  dhtSpamMessages: 100,
  dhtSpamWindowMs: 10 * SECOND_MS,
  dhtBlockedMs: 5 * MINUTE_MS,
  /** Addresses remembered; of more the longest known are forgotten. */
  dhtSenders: 5000,
  /** What everybody gets together of answers, however many ask: at most 8000 bytes in any second (threats.md T6). */
  dhtAnswerBytesPerSecond: 6000,
  /** Large answers that wait for a sign of their asker, and for how long. */
  dhtHeldNodes: 32,
  /** Questions out at once. */
  dhtQuestions: 256,
  /** Questions to one address in a second: others drop more than five of them, as we do. */
  dhtQuestionsPerSecond: 4,
  /** Questions to an address that never answered: it may be nobody, or a victim (P14). */
  dhtQuestionsToSilent: 3,
  /** Silent addresses that are remembered. */
  dhtSilent: 5000,
  /** A search that has asked so many goes in circles, or is led on. */
  dhtAsked: 200,
  /** The farthest of more are forgotten. */
  dhtHeardOf: 300,
  /** Whose word on our own address is kept. */
  dhtVoters: 20,
  /** Nodes whose word is taken of a family we know nobody of. */
  dhtIntroduced: 8,
  /** Nodes kept of a family; two hundred of IPv6 are 7.6 kB. */
  dhtContacts: 200,
  dhtFileBytes: 64 * KIB,
  /** So many unanswered questions in a row, and a node is gone. */
  dhtFailures: 2,
  /** Peers in an answer to anybody, and to who has shown his address (threats.md T6). */
  dhtPeersToStranger: 8,
  /** Peers in any answer: it fits one packet. */
  dhtPeersInAnswer: 40,
  /** The one that was put longest ago makes place. A kilobyte each. */
  dhtItems: 700,
  /** Of one network the same: nobody crowds out all others. */
  dhtItemsOfNetwork: 50,
  /** Peers of all torrents together, some 200 bytes each; what was announced longest ago makes place. */
  dhtAnnounced: 20_000,
  /** Peers of one torrent. */
  dhtAnnouncedOfTorrent: 200,
  /** Announces kept of one network: nobody crowds out all others. A household has no more torrents. */
  dhtAnnouncedOfNetwork: 200,
  /** A list of peers is the wordiest thing there is. */
  dhtMessageTokens: 600,
  dhtMessageDepth: 16,
  /** Others use 2 to 8; what is longer would only make our answers long. */
  dhtTransactionBytes: 32,
  /** Others use four to twenty. */
  dhtTokenBytes: 64,

  // Bencoded messages (P10, T3).
  /** Values in one extension message. */
  extensionTokens: 1000,
  /** Extensions that a peer may name, and how long a name is: more are of no use to us and would only be kept. */
  extensions: 100,
  extensionCharacters: 64,
  /** Values in an answer of a tracker. */
  trackerAnswerTokens: 10_000,
  /** A query longer than this is nobody's announce. */
  announceCharacters: 4096,
  /** Peers that somebody may ask our tracker for. */
  askedPeers: 200,
  /** How often a tracker may be told to be asked. */
  trackerIntervalLeastMs: MINUTE_MS,
  trackerIntervalMostMs: DAY_MS,
  /** The longest comment that is shown. */
  commentCharacters: 2000,
  /** The most hashes one request may name. BEP 52 advises 512; whole large pieces ask for more. */
  hashesPerRequest: 8192,

  // The disk (A10, A21).
  /** Files that nobody uses stay open up to this number: a torrent may have 100 000. */
  idleFiles: 32,
  /** So many files may have bytes that aren't synced, and are therefore held open. */
  unsyncedFiles: 64,
  /** A system call isn't made longer than this, so that writers hear soon. */
  writeRunBytes: 4 * MIB,
  /** More than any film's: 8 TB of blocks with a hole in every page. */
  resumeBytes: 64 * MIB,
  /** Pages kept of a torrent: each is at most 64 leaves and their way up, 2.7 kB. */
  leafPages: 256,
  leafFileBytes: MIB,
  /** Spare blocks that are kept: what comes between two writes. */
  spareBlocks: 64,
  /** Addresses that a torrent remembers while it rests. */
  restedAddresses: 50,

  // What we ask of others.
  /** The most that is asked of a source at once, whatever it allows. */
  owedBlocks: 250,
  /** Who never brought anything and refused so many in a row (threats.md P5) is left alone for a while. */
  refusedBlocks: 16,
  /** Sources asked for the one run of leaves at once: one that is fast will be among them. */
  leavesAskedAtOnce: 4,
  /** Blocks that a diagnosis names: four megabytes, more than is waited for at once. */
  diagnosedBlocks: 256,
} as const
