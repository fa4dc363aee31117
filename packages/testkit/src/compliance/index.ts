export { checkByteStreams } from './byte-stream-checks.ts'
export type { StreamPair } from './byte-stream-checks.ts'
export { checkDisks } from './disk-checks.ts'
export type { DiskPlace } from './disk-checks.ts'
