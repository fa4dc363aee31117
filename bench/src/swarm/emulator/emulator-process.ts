/** The emulated swarm in a process of its own: one order as its argument, then messages from its parent. */
import { openSwarm, type SwarmOrder } from './emulated-swarm.ts'
import type { SwarmReport } from './swarm-tally.ts'

/** What the parent may say. */
export type EmulatorCall =
  | { readonly kind: 'sought'; readonly start: number; readonly end: number }
  | { readonly kind: 'report' }

/** What it says to its parent. */
export type EmulatorNews =
  | { readonly kind: 'open'; readonly trackerUrl: string }
  | { readonly kind: 'report'; readonly report: SwarmReport }

const swarm = await openSwarm(JSON.parse(process.argv[2] ?? '') as SwarmOrder)
const say = (news: EmulatorNews): void => void process.send?.(news)
process.on('message', (call: EmulatorCall) => {
  if (call.kind === 'sought') swarm.sought(call)
  else say({ kind: 'report', report: swarm.report() })
})
process.on('disconnect', () => process.exit())
say({ kind: 'open', trackerUrl: swarm.trackerUrl })
