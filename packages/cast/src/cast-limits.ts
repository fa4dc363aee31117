import { KIB, SECOND_MS } from '@matinee/base'

/** Every cap on what a screen, or who says to be one, may make us hold (threats.md L3, T8). */
export const CAST_LIMITS = {
  /** One CASTV2 message; the protocol allows 64 KiB. */
  messageBytes: 64 * KIB,
  /** What was said to a screen and that it hasn't taken yet. */
  unsentBytes: 256 * KIB,
  /** An answer to an mDNS or SSDP question. */
  answerBytes: 9000,
  /** Records of one mDNS answer that are looked at. */
  dnsRecords: 64,
  /** Answers that are read between two questions; more are dropped. */
  answersPerRound: 400,
  /** Answers of one address that are read between two questions. */
  answersPerAddress: 20,
  /** Screens that are shown. */
  devices: 32,
  /** Descriptions asked for at once; a liar names a hundred. */
  descriptionsAtOnce: 4,
  /** A description, or what a SOAP action gives back (T8). */
  xmlBytes: 64 * KIB,
  /** Elements within one another. */
  xmlDepth: 32,
  /** Elements of one document. */
  xmlElements: 4000,
  /** A name that is shown. */
  nameCharacters: 80,
  /** For one request and its answer. */
  answerMs: 8 * SECOND_MS,
  /** The receiver on the screen is fetched from the Internet first. */
  launchMs: 20 * SECOND_MS,
  /** Loading a film. */
  loadMs: 20 * SECOND_MS,
  pingEveryMs: 5 * SECOND_MS,
  /** A Chromecast that says nothing for so long is gone. */
  silenceMs: 15 * SECOND_MS,
  /** Questions without an answer at one time. */
  openRequests: 32,
} as const
