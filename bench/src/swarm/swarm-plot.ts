import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { recorded, type Measurement } from '../measurement.ts'
import { SCENARIO_NAMES } from './swarm-scenario.ts'

const FILE = fileURLToPath(new URL('../../../docs/pictures/bench.svg', import.meta.url))

/** The design's colours (apps/viewer/web/src/style/tokens.css), of the dark room. */
const ROOM = {
  bg: '#1a1113',
  band: '#261b1c',
  line: '#463535',
  text: '#faefe2',
  second: '#d6c3b5',
  third: '#ae998f',
  lamp: '#ffc65c',
  sky: '#9ccbea',
  leaf: '#9bd8a4',
  alarm: '#ff9a87',
} as const

/** Whose figures are drawn, and as what. The engine is the beginning of a figure's `peer`. */
const SERIES: readonly {
  readonly label: string
  readonly engine: string | null
  readonly torrent: string
  readonly mark: (x: number, y: number) => string
}[] = [
  {
    label: 'torrent-stream',
    engine: 'torrent-stream',
    torrent: 'v1 of 1 MiB',
    mark: (x, y) => shape(`M${x - 4.5} ${y - 4.5}h9v9h-9z`, ROOM.leaf),
  },
  {
    label: 'webtorrent',
    engine: 'webtorrent',
    torrent: 'v1 of 1 MiB',
    mark: (x, y) => shape(`M${x} ${y - 6}l6 6l-6 6l-6-6z`, ROOM.sky),
  },
  {
    label: 'libtorrent',
    engine: 'libtorrent',
    torrent: 'v1 of 1 MiB',
    mark: (x, y) => shape(`M${x} ${y - 6}l6 10.5h-12z`, ROOM.alarm),
  },
  {
    label: 'Matinee, v1',
    engine: null,
    torrent: 'v1 of 1 MiB',
    mark: (x, y) =>
      `<circle cx="${x}" cy="${y}" r="5" fill="${ROOM.bg}" stroke="${ROOM.lamp}" stroke-width="2.4"/>`,
  },
  {
    label: 'Matinee, hybrid',
    engine: null,
    torrent: 'hybrid of 1 MiB',
    mark: (x, y) => `<circle cx="${x}" cy="${y}" r="6.2" fill="${ROOM.lamp}"/>`,
  },
]

const PANELS = [
  { figure: 'play', title: 'Press play', note: '0.4 MB of index and two seconds of film' },
  { figure: 'seek', title: 'Seek', note: 'one and a half seconds of film' },
] as const
const WIDTH = 1120
const LEFT = 120
const GAP = 56
const PANEL_WIDTH = (WIDTH - LEFT - GAP - 40) / 2
const TOP = 148
const ROW = 42
/** The axis, logarithmic. */
const FROM_MS = 150
const TO_MS = 60_000
const TICKS = [200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000]
const FONT = 'font-family="\'Hanken Grotesk Variable\', system-ui, sans-serif"'

/** Draws docs/pictures/bench.svg from the newest figures of docs/measurements.jsonl. */
export function writeSwarmPlot(): void {
  writeFileSync(FILE, swarmPlot(recorded()))
}

/** The plot of these figures, the newest last; what wasn't measured is left out. */
export function swarmPlot(figures: readonly Measurement[]): string {
  const rows = SCENARIO_NAMES.filter((name) =>
    figures.some(({ what }) => what.startsWith(`swarm ${name},`)),
  )
  const height = TOP + rows.length * ROW + 72
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title">`,
    '<title id="title">Milliseconds until a film plays and after a seek, in emulated swarms: Matinee, three other engines, and the least possible</title>',
    `<rect width="${WIDTH}" height="${height}" rx="14" fill="${ROOM.bg}"/>`,
    text(32, 46, 'From the press to the picture', { size: 24, weight: 800, fill: ROOM.text }),
    ...legend(),
    ...rows.flatMap((name, i) => {
      const y = TOP + i * ROW
      const band =
        i % 2 === 0
          ? `<rect x="20" y="${y}" width="${WIDTH - 40}" height="${ROW}" rx="6" fill="${ROOM.band}"/>`
          : ''
      return [band, text(32, y + ROW / 2 + 5, name, { size: 15, weight: 600, fill: ROOM.text })]
    }),
    ...PANELS.flatMap((panel, i) =>
      drawPanel(panel, LEFT + i * (PANEL_WIDTH + GAP), rows, figures),
    ),
    text(
      32,
      height - 18,
      'Medians; bars reach to the 95th percentile. Swarms emulated on loopback, the same for every engine; logarithmic.',
      {
        size: 12,
        fill: ROOM.third,
      },
    ),
    '</svg>',
  ]
  return `${parts.filter((part) => part !== '').join('\n')}\n`
}

function legend(): string[] {
  let x = 34
  const parts: string[] = []
  const add = (mark: string, label: string): void => {
    parts.push(mark, text(x + 13, 77, label, { size: 13, fill: ROOM.second }))
    x += 34 + 7.2 * label.length
  }
  for (const { label, mark } of SERIES.toReversed()) add(mark(x, 72), label)
  add(limitMark(x, 72, 8, ROOM.text), 'least possible, hybrid')
  add(limitMark(x, 72, 8, ROOM.third), 'least possible, v1')
  return parts
}

function drawPanel(
  panel: (typeof PANELS)[number],
  left: number,
  rows: readonly string[],
  figures: readonly Measurement[],
): string[] {
  const bottom = TOP + rows.length * ROW
  const at = (ms: number): number =>
    round(
      left +
        (PANEL_WIDTH * Math.log(Math.min(TO_MS, Math.max(FROM_MS, ms)) / FROM_MS)) /
          Math.log(TO_MS / FROM_MS),
    )
  const parts = [
    text(left, 116, panel.title, { size: 17, weight: 800, fill: ROOM.text }),
    text(left + 12 + 10 * Math.max(5, panel.title.length), 116, panel.note, {
      size: 13,
      fill: ROOM.third,
    }),
  ]
  for (const ms of TICKS) {
    const x = at(ms)
    parts.push(
      `<path d="M${x} ${TOP}V${bottom}" stroke="${ROOM.line}" stroke-width="1"/>`,
      text(x, bottom + 20, ms < 1000 ? `${ms} ms` : `${ms / 1000} s`, {
        size: 12,
        fill: ROOM.third,
        anchor: 'middle',
      }),
    )
  }
  for (const [i, scenario] of rows.entries()) {
    const y = TOP + i * ROW + ROW / 2
    for (const { engine, torrent, mark } of SERIES) {
      const figure = figures.findLast(
        ({ what, peer }) =>
          what === `swarm ${scenario}, ${torrent} pieces: ${panel.figure}` &&
          (engine === null ? peer === undefined : peer?.startsWith(`${engine} `) === true),
      )
      if (!figure) continue
      if (engine === null && figure.floor !== undefined)
        parts.push(
          limitMark(at(figure.floor), y, 13, torrent.startsWith('v1') ? ROOM.third : ROOM.text),
        )
      const x = at(figure.median)
      const far = at(figure.p95)
      if (far > x)
        parts.push(
          `<path d="M${x} ${y}H${far}" stroke="${engine === null ? ROOM.lamp : ROOM.third}" stroke-width="2" opacity="0.55"/>`,
        )
      parts.push(mark(x, y))
    }
  }
  return parts
}

function limitMark(x: number, y: number, half: number, stroke: string): string {
  return `<path d="M${x} ${y - half}v${2 * half}" stroke="${stroke}" stroke-width="2" stroke-linecap="round"/>`
}

function shape(path: string, fill: string): string {
  return `<path d="${path}" fill="${fill}"/>`
}

function text(
  x: number,
  y: number,
  content: string,
  style: {
    readonly size: number
    readonly fill: string
    readonly weight?: number
    readonly anchor?: 'middle'
  },
): string {
  const { size, fill, weight = 400, anchor = 'start' } = style
  return `<text x="${round(x)}" y="${round(y)}" ${FONT} font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${content}</text>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
