import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'

/** Clock ticks of /proc a second: what Linux tells programs since ever. */
const TICKS_PER_SECOND = 100
const PAGE_BYTES = 4096

/** What a process and all that it started have used. */
export interface TreeUse {
  readonly cpuMs: number
  readonly residentBytes: number
}

/** Of a process tree, as Linux counts it; processes that ended count with the parent that waited for them. */
export function treeUse(rootPid: number): TreeUse {
  const parents = new Map<number, number>()
  const uses = new Map<number, TreeUse>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The name, in brackets, may hold anything; fields are counted behind it (proc(5): state is field 3).
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number)
      const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + (fields[at] ?? 0), 0)
      parents.set(pid, fields[1] ?? 0)
      uses.set(pid, {
        cpuMs: (1000 * ticks) / TICKS_PER_SECOND,
        residentBytes: PAGE_BYTES * (fields[21] ?? 0),
      })
    } catch {
      // It ended meanwhile.
    }
  }
  let cpuMs = 0
  let residentBytes = 0
  for (const [pid, use] of uses) {
    let at = pid
    while (at > 1 && at !== rootPid) at = parents.get(at) ?? 0
    if (at !== rootPid) continue
    cpuMs += use.cpuMs
    residentBytes += use.residentBytes
  }
  return { cpuMs, residentBytes }
}

/** What a Node process that does nothing takes. */
export function idleResidentBytes(): number {
  const print = 'setTimeout(() => console.log(process.memoryUsage().rss), 300)'
  return Number(execFileSync(process.execPath, ['-e', print]).toString())
}
