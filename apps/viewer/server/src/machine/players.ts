import { join } from 'node:path'
import { findProgram, isProgram, startApart } from './programs.ts'

/** A player of this computer that plays what browsers don't. */
export interface FilmPlayer {
  readonly id: string
  readonly name: string
  /** Absolute. */
  readonly path: string
}

interface KnownPlayer {
  readonly id: string
  readonly name: string
  /** Where it is when PATH doesn't lead to it. */
  readonly places: readonly string[]
  /** What it's started with before the address. */
  args(fromSeconds: number): readonly string[]
}

const PROGRAMS = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'] as const

/** Players that take an address and understand where to begin, best known first. */
const KNOWN: readonly KnownPlayer[] = [
  {
    id: 'vlc',
    name: 'VLC',
    places: [
      '/Applications/VLC.app/Contents/MacOS/VLC',
      ...onWindows('VideoLAN', 'VLC', 'vlc.exe'),
    ],
    args: (seconds) => [`--start-time=${seconds}`],
  },
  {
    id: 'mpv',
    name: 'mpv',
    places: ['/Applications/mpv.app/Contents/MacOS/mpv', ...onWindows('mpv', 'mpv.exe')],
    args: (seconds) => ['--force-window=yes', `--start=${seconds}`],
  },
  {
    id: 'iina',
    name: 'IINA',
    places: ['/Applications/IINA.app/Contents/MacOS/iina-cli'],
    args: (seconds) => ['--no-stdin', `--mpv-start=${seconds}`],
  },
  {
    id: 'celluloid',
    name: 'Celluloid',
    places: [],
    args: (seconds) => [`--mpv-start=${seconds}`],
  },
  { id: 'haruna', name: 'Haruna', places: [], args: () => [] },
  { id: 'smplayer', name: 'SMPlayer', places: [], args: (seconds) => ['-start', String(seconds)] },
  { id: 'totem', name: 'Totem', places: [], args: () => [] },
  {
    id: 'mpc-hc64',
    name: 'MPC-HC',
    places: onWindows('MPC-HC', 'mpc-hc64.exe'),
    args: (seconds) => ['/start', String(seconds * 1000)],
  },
]

/** The players that are here, looked up anew each time: somebody may have just installed one. */
export async function findPlayers(): Promise<readonly FilmPlayer[]> {
  const found = await Promise.all(
    KNOWN.map(async ({ id, name, places }): Promise<FilmPlayer[]> => {
      const path = (await findProgram(id)) ?? (await firstProgram(places))
      return path === null ? [] : [{ id, name, path }]
    }),
  )
  return found.flat()
}

/**
 * Opens an address of ours in a player. Without a shell, and the address holds a media token alone. False
 * when there is no such player, or it doesn't start.
 */
export async function openInPlayer(id: string, url: string, fromSeconds: number): Promise<boolean> {
  const player = (await findPlayers()).find((each) => each.id === id)
  const known = KNOWN.find((each) => each.id === id)
  if (player === undefined || known === undefined) return false
  return startApart(player.path, [...known.args(Math.floor(fromSeconds)), url]).then(
    () => true,
    () => false,
  )
}

async function firstProgram(places: readonly string[]): Promise<string | null> {
  for (const path of places) if (await isProgram(path)) return path
  return null
}

function onWindows(...path: readonly string[]): string[] {
  if (process.platform !== 'win32') return []
  return PROGRAMS.flatMap((name) => {
    const folder = process.env[name]
    return folder === undefined ? [] : [join(folder, ...path)]
  })
}
