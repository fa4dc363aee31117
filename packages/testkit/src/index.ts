export * from './fake-clock.ts'
export * from './frame-code.ts'
export * from './node-hash.ts'
export * from './seeded-random.ts'
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
