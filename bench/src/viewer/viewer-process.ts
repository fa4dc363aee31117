/**
 * A viewer as `matinee --no-open --json --port 0` starts it, but with the feed that it is told to follow: the first
 * argument is the feed's folder, the second the data folder, the third `local` when its works may be fetched from this
 * computer. Prints the same line when it's ready; then it answers the
 * words `link` and `delay` on its input, a JSON object a line. It ends with the signal that ends `matinee`.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { startViewer } from '@matinee/viewer'

const [feed = '', dataFolder = '', reach = ''] = process.argv.slice(2)
const allowLocal = reach === 'local'
const viewer = await startViewer({ dataFolder, port: 0, feeds: [{ folder: feed, allowLocal }] })
const { url, launchUrl } = viewer
console.log(JSON.stringify({ event: 'ready', url, launchUrl, pid: process.pid }))

const delays = monitorEventLoopDelay({ resolution: 5 })
delays.enable()
createInterface(process.stdin).on('line', (word) => {
  if (word === 'link') console.log(JSON.stringify({ launchUrl: viewer.newLaunchUrl() }))
  if (word === 'delay') {
    console.log(JSON.stringify({ longestMs: delays.max / 1e6 }))
    delays.reset()
  }
})
process.once('SIGINT', () => {
  void viewer.close().finally(() => process.exit(0))
})
