export * from './fake-clock.ts'
export { runCommand, type CommandRun, type RunnableCommand } from './command-run.ts'
export * from './cpu-time.ts'
export { EventHeap, type HeapEvent } from './event-heap.ts'
export { letIn, type LetInPage } from './let-in-page.ts'
export * from './node-hash.ts'
export * from './seeded-random.ts'
export { faultyNetwork } from './sim-network/faulty-network.ts'
export type {
  FaultyNetwork,
  NetworkCallKind,
  NetworkFailure,
} from './sim-network/faulty-network.ts'
export { SimHost } from './sim-network/sim-host.ts'
export type { MayDial, SimHostOptions, SimHostState } from './sim-network/sim-host.ts'
export { SimNetwork } from './sim-network/sim-network.ts'
export type { SimNetworkOptions, Traffic } from './sim-network/sim-network.ts'
export type { WebAnswer, WebHandler, WebRequest } from './sim-network/sim-web-server.ts'
export { FakeDisk } from './fake-disk/fake-disk.ts'
export type { FakeDiskOptions } from './fake-disk/fake-disk.ts'
export type {
  DiskCall,
  DiskCallKind,
  DiskCorruption,
  DiskFailure,
} from './fake-disk/disk-faults.ts'
export type { DiskTiming, DiskTimingOptions } from './fake-disk/disk-timing.ts'
export type { CrashOptions } from './fake-disk/fake-inode.ts'
export * from './frame-code.ts'
export * from './made-media.ts'
export * from './film-to-add.ts'
export { runProgram, startProgram, type ProgramEnd, type ProgramRun } from './program-run.ts'
export * from './content.ts'
export * from './made-torrent.ts'
export { madeFeedFiles, writeMadeFeed, type MadeFeedOptions } from './feed/made-feed.ts'
export { madeRecord, type MadeJson } from './feed/made-record.ts'
export { MADE_BOOK, madeEpisodeId, madeSeconds } from './feed/made-work.ts'
export type {
  MadeBook,
  MadeEpisode,
  MadeList,
  MadeRights,
  MadeText,
  MadeWork,
} from './feed/made-work.ts'
export { leech } from './peers/leech-peer.ts'
export type { LeechOptions } from './peers/leech-peer.ts'
export { ALL_FEATURES, ScriptedPeer, requestsOf, testPeerId } from './peers/scripted-peer.ts'
export type { MessageOf } from './peers/scripted-peer.ts'
export { SEEDS, hasPiece } from './peers/seed-behaviour.ts'
export type { HashManner, MetadataManner, SeedBehaviour } from './peers/seed-behaviour.ts'
export { metadataAnswer } from './peers/seed-metadata.ts'
export { SeedPeer, seedPeer } from './peers/seed-peer.ts'
export type { SeedOptions } from './peers/seed-peer.ts'
export { WireEnd } from './peers/wire-end.ts'
export type { WireEvents, WireOver } from './peers/wire-end.ts'
export { serveFiles } from './sim-network/sim-web-files.ts'
export { SimTracker } from './trackers/sim-tracker.ts'
export type { SeenAnnounce, TrackerManner } from './trackers/sim-tracker.ts'
export { madeWorks } from './feed/made-works.ts'
export type { MadeRecord, MadeWorksOptions } from './feed/made-works.ts'
