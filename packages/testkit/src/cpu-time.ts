/**
 * Processor time that a call costs this thread, in milliseconds. Unlike wall time it doesn't grow
 * when the machine is busy, so a test may bound it, with plenty of room for a slower processor.
 */
export function cpuTimeOf(run: () => unknown): number {
  const before = process.threadCpuUsage()
  run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
