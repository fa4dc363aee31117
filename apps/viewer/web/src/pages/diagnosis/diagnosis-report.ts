/**
 * The diagnosis as text that may be shown to strangers. It is written from counts and from words of our own: no text that
 * came from elsewhere (addresses, hosts, folders, names of catalogues, people's words) is ever copied into it, so nothing
 * private can be. It is in English whatever the page's language is, because it's for whoever helps.
 */
import { reasonKey } from '../catalogues/feed-words.ts'
import type { DiagnosisFacts } from './diagnosis-rows.ts'
import type { DiagnosisRow } from './diagnosis-row.ts'

const VERSION = /^\d{1,4}\.\d{1,4}\.\d{1,4}(?:-(?:alpha|beta|rc)\.\d{1,4})?$/u
const SYSTEM_VERSION = /^\d{1,4}(?:\.\d{1,4}){0,2}$/u
const BROWSER = /^(?:Firefox|Chrome|Edge|Safari) \d{1,4}$/u
/** Names of players are our own; another one would be somebody's. */
const PLAYERS: ReadonlySet<string> = new Set([
  'VLC',
  'mpv',
  'IINA',
  'Celluloid',
  'Haruna',
  'SMPlayer',
  'totem',
  'Totem',
  'MPC-HC',
])
const GIGABYTE = 1_000_000_000
/** Of rows that aren't a catalogue's. */
const ROW_NAME = /^[a-z-]+$/u

/** Lines of plain text, without a last line break. */
export function diagnosisReport(facts: DiagnosisFacts, rows: readonly DiagnosisRow[]): string {
  const { diagnosis, browser, update } = facts
  const { program, swarm, feeds, disk, programs } = diagnosis
  const { people, dht } = swarm
  const states = rows.flatMap(({ id, state }) => (ROW_NAME.test(id) ? [`${id} ${state}`] : []))
  return [
    `Matinee ${shaped(program.version ?? '', VERSION)}, Node ${shaped(program.node, VERSION)}, ${program.system} ${shaped(program.systemVersion, SYSTEM_VERSION)} ${program.processor}`,
    `browser: ${shaped(browser.name ?? '', BROWSER)}; plays ${listed(browser.plays)}; lacks ${listed(browser.lacks)}; pieces ${yes(browser.takesPieces)}; remembers ${yes(browser.remembers)}`,
    `programs: ffmpeg ${yes(programs.ffmpeg)}; players ${listed(programs.players.filter((name) => PLAYERS.has(name)))}`,
    `films come from: ${swarm.sharing}`,
    `port: ${swarm.port === null ? 'not listening' : 'listening'}; reached from outside ${swarm.reached.fromOutside}, from near ${swarm.reached.fromNear}`,
    `people: ${people.connected} connected, ${people.known} known, in ${swarm.torrents} torrents; found by ${listed(people.foundBy.map(({ way, count }) => `${way} ${count}`))}`,
    `dht: ${dht.state}, ${dht.nodes} nodes, own address ${dht.seenAs === null ? 'not known' : 'known'}`,
    `trackers: ${tally(swarm.trackers)}`,
    `web seeds: ${tally(swarm.webSeeds)}`,
    ...feeds.map(
      ({ kind, state, sources, works }, at) =>
        `catalogue ${at + 1}: ${kind}, ${works} works, ${state.kind}${state.kind === 'refused' ? ` (${reason(state.code)})` : ''}${state.kind === 'expired' ? ` ${state.days} days` : ''}; sources ${listed(sources.map((source) => `${source.kind} ${source.state}${source.why === null ? '' : ` (${reason(source.why)})`}`))}`,
    ),
    `disk: ${yes(disk.canWrite)} writable; ${disk.freeBytes === null ? 'free not known' : `${gigabytes(disk.freeBytes)} free`}; ${gigabytes(disk.usedBytes)} used of ${gigabytes(disk.budgetBytes)}`,
    `updates: ${update.kind}`,
    `judged: ${states.join(', ')}`,
  ].join('\n')
}

/** A text that has the shape that it should have; anything else may be anything. */
function shaped(text: string, shape: RegExp): string {
  return shape.test(text) ? text : '?'
}

/** A code of the format in a word of ours: what a server answers is a stranger's. */
function reason(code: string): string {
  return reasonKey(code).split('why-').at(-1) ?? ''
}

function tally(all: readonly { readonly state: string }[]): string {
  const counts = Map.groupBy(all, ({ state }) => state)
  return listed([...counts].map(([state, { length }]) => `${state} ${length}`))
}

function listed(words: readonly string[]): string {
  return words.length === 0 ? 'none' : words.join(', ')
}

function yes(is: boolean): 'yes' | 'no' {
  return is ? 'yes' : 'no'
}

function gigabytes(bytes: number): string {
  return `${(bytes / GIGABYTE).toFixed(1)} GB`
}
