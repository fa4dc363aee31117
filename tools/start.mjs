// The starter: plain JavaScript for Node 20 and npm. Installs what the lockfiles name, finds a Node that
// runs TypeScript, has stale pages built, hands over to apps/matinee, or with `--run FILE` to FILE.
import { spawn } from 'node:child_process'
import * as fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const [MAJOR, MINOR] = process.versions.node.split('.').map(Number)
const OWN_NODE = MAJOR > 26 || (MAJOR === 26 && MINOR >= 10)
const PLATFORM = `${process.platform}-${process.arch}`
const ODD = { 'win32-x64': 'win-x64/bin/node.exe', 'darwin-arm64': 'bin-darwin-arm64/bin/node' }
const FETCHED = `tools/runtime/node_modules/node-${ODD[PLATFORM] ?? `${PLATFORM}/bin/node`}`
const NODE = OWN_NODE ? process.execPath : at(FETCHED)
const LOCK = at('.cache/start.lock')
// How an outer `npm start` was called must not steer the npm inside; where packages come from must.
const SOURCE = /^npm_config_(registry|cache|(prefer_)?offline|.*proxy|ca(file)?|userconfig|\W.*)$/i
const NPM_CI = ['ci', '--include=dev', '--include=optional']
const OFFLINE =
  /^(ENOTFOUND|EAI_AGAIN|ECONN.*|.*TIMEDOUT|.*TIMEOUT|ENOTCACHED|E.*UNREACH|E5\d\d|nothing.*)$/

let running // the program that gets our signals
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    if (!running) process.exit(1)
    // A terminal sends Ctrl-C to the whole group; forwarding it would make it two.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) running.kill(signal)
  })

function run(program, args, options) {
  return new Promise((resolve) => {
    running = spawn(program, args, options)
    running.on('error', (error) => resolve({ reason: error.code }))
    running.on('exit', (code, signal) => resolve({ code, reason: signal }))
  })
}

// npm writes its hidden lockfile last, so an interrupted installation counts as none.
function isInstalled(folder) {
  if (folder === 'tools/runtime' && !fs.existsSync(NODE)) return false
  const read = (file) => JSON.parse(fs.readFileSync(at(`${folder}/${file}`), 'utf8')).packages
  try {
    const have = read('node_modules/.package-lock.json')
    const isThere = ([path, { optional, version }]) =>
      path === '' || (optional && !have[path]) || have[path].version === version
    return Object.entries(read('package-lock.json')).every(isThere)
  } catch {
    return false // a file or a package is missing
  }
}

// Runs `npm ci` quietly while the seconds are counted aloud; the error is one line.
async function npmCi(doing, folder) {
  if (isInstalled(folder)) return // by a start that ended meanwhile
  const log = at(`.cache/${doing.replaceAll(' ', '-')}.log`)
  const output = fs.openSync(log, 'w')
  const kept = ([name]) => !/^npm_/i.test(name) || SOURCE.test(name)
  const env = Object.fromEntries(Object.entries(process.env).filter(kept))
  let seconds = 0
  const tick = () => process.stderr.write(`${seconds++ ? '' : doing} … ${seconds} s`)
  const ticks = setInterval(tick, 1000)
  const cli = process.env.npm_execpath?.endsWith('npm-cli.js') && process.env.npm_execpath
  // On Windows npm is a .cmd file, which only a shell runs; none of the words is from outside.
  const shell = !cli && process.platform === 'win32'
  const [npm, ...args] = cli ? [process.execPath, cli, ...NPM_CI] : ['npm', ...NPM_CI]
  const options = { cwd: at(folder), env, shell, stdio: ['ignore', output, output] }
  const ended = run(npm, args, options)
  fs.writeFileSync(LOCK, `${running.pid}`) // npm goes on when only the starter is killed
  const end = await ended
  clearInterval(ticks)
  if (seconds) process.stderr.write('\n')
  if (end.code === 0 && fs.existsSync(NODE)) return
  if (end.reason === 'ENOENT') throw new Error('npm is missing; install it beside Node.js')
  const said = /(?:error|ERR!) code (\S+)/.exec(fs.readFileSync(log, 'utf8'))?.[1]
  const reason = said ?? (end.code ? `exit code ${end.code}` : 'nothing came')
  const advice = OFFLINE.test(reason) ? 'connect to the network and start again; ' : ''
  throw new Error(`${doing} failed (${reason}); ${advice}what npm said is in ${log}`)
}

// Of two starts at once the second waits; the lock of a start that died is taken over.
async function install(doing, folder) {
  while (!isInstalled(folder)) {
    try {
      fs.mkdirSync(at('.cache'), { recursive: true })
      fs.writeFileSync(LOCK, `${process.pid}`, { flag: 'wx' })
      return await npmCi(doing, folder).finally(() => fs.rmSync(LOCK))
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      try {
        process.kill(Number(fs.readFileSync(LOCK, 'utf8')), 0)
        await sleep(100)
      } catch {
        fs.rmSync(LOCK, { force: true }) // its holder is gone
      }
    }
  }
}

async function start(script, args, stdio) {
  // V8 and glibc would set much memory aside for each thread.
  const env = { NODE_COMPILE_CACHE: at('.cache/compile'), MALLOC_ARENA_MAX: 2, ...process.env }
  const end = await run(NODE, ['--max-semi-space-size=2', at(script), ...args], { stdio, env })
  if (end.reason === 'ENOENT') throw new Error(`${NODE} needs glibc; install Node 26.10 yourself`)
  process.exitCode = end.code ?? 1
}

async function main(args) {
  if (!OWN_NODE) await install('fetching Node 26', 'tools/runtime')
  await install('installing packages', '.')
  const script = args[0] === '--run' ? args.splice(0, 2)[1] : 'apps/matinee/src/main.ts'
  const isViewer = script.startsWith('apps/matinee/') && /^(-(?!-?[hv]).*)?$/.test(args[0] ?? '')
  if (isViewer) await start('tools/pages.ts', [], ['ignore', 2, 2]) // the others have no pages
  if (!process.exitCode) await start(script, args, 'inherit')
}

main(process.argv.slice(2)).catch((error) => {
  console.error(`matinee: ${error.message}`)
  process.exitCode = 1
})
