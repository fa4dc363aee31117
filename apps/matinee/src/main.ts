/** The one command, `matinee`: finds the sub-command, hands it its arguments, turns failures into words. */
import { readFileSync } from 'node:fs'
import { UsageError, type Command } from './command.ts'
import { isRefusal, refusalWords } from './refusal-words.ts'
import { openScreen } from './screen.ts'

/** A command before it is needed: the viewer's server is not loaded to look into a torrent. */
interface Entry {
  /** How it is called. The viewer has none: it is what `matinee` does by itself. */
  readonly name: string | null
  /** One line. */
  readonly summary: string
  load(): Promise<Command>
}

const VIEWER: Entry = {
  name: null,
  summary: 'start Matinee and open it in the browser',
  load: async () => (await import('./commands/viewer.ts')).viewerCommand,
}

const COMMANDS: readonly Entry[] = [
  VIEWER,
  {
    name: 'stream',
    summary: 'serve one file of a torrent to a player',
    load: async () => (await import('./commands/stream.ts')).streamCommand,
  },
  {
    name: 'create',
    summary: 'make a torrent file of files on this computer',
    load: async () => (await import('./commands/create.ts')).createCommand,
  },
  {
    name: 'info',
    summary: 'say what is in a torrent file or a magnet link',
    load: async () => (await import('./commands/torrent-facts.ts')).infoCommand,
  },
  {
    name: 'seed',
    summary: "give out a publisher's folder: releases, feed, tracker",
    load: async () => (await import('./commands/seed.ts')).seedCommand,
  },
  {
    name: 'feed',
    summary: 'keep a feed of works: begin, fill, sign, publish, check it',
    load: async () => (await import('./commands/feed.ts')).feedCommand,
  },
  {
    name: 'mirror',
    summary: 'keep feeds and rare works of theirs alive',
    load: async () => (await import('./commands/mirror.ts')).mirrorCommand,
  },
  {
    name: 'relaunch',
    summary: 'go on with a feed whose publisher is gone',
    load: async () => (await import('./commands/relaunch.ts')).relaunchCommand,
  },
  {
    name: 'profile',
    summary: 'list profiles; take away a PIN that was forgotten',
    load: async () => (await import('./commands/profile.ts')).profileCommand,
  },
  {
    name: 'pack',
    summary: 'make a cinema on a stick: program, feed and films in one folder',
    load: async () => (await import('./commands/pack.ts')).packCommand,
  },
]

async function overview(): Promise<string> {
  const lines = COMMANDS.map(({ name, summary }) => {
    const call = name === null ? 'matinee' : `matinee ${name}`
    return `  ${call.padEnd(17)} ${summary}`
  })
  return `Matinee plays free films: over BitTorrent, from the people who watch them.

${lines.join('\n')}

"matinee <command> --help" says more about one of them.

${(await VIEWER.load()).help}`
}

function version(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  return /"version": "([^"]+)"/u.exec(text)?.[1] ?? 'unknown'
}

async function helpOf(command: Command, args: readonly string[]): Promise<string> {
  return (await command.helpOf?.(args.filter((each) => !each.startsWith('-')))) ?? command.help
}

async function main(args: readonly string[]): Promise<number> {
  const screen = openScreen()
  const [first = '', ...rest] = args
  const isNamed = first !== '' && !first.startsWith('-')
  // "matinee help stream" and "matinee stream --help" are the same question.
  const topic = first === 'help' ? (rest[0] ?? '') : first
  const command = isNamed ? COMMANDS.find(({ name }) => name === topic) : VIEWER
  // What stands behind "--" is never an option.
  const end = args.indexOf('--')
  const own = end < 0 ? args : args.slice(0, end)
  try {
    if (first === 'help' || own.includes('--help') || own.includes('-h')) {
      if (isNamed && topic !== '' && topic !== 'help' && !command)
        throw new UsageError(`there is no command "${topic}"`)
      const help = command?.name
        ? await helpOf(await command.load(), own.slice(first === 'help' ? 2 : 1))
        : await overview()
      screen.line(help.trimEnd())
      return 0
    }
    if (first === '--version' || first === '-v') {
      screen.line(`matinee ${version()}`)
      return 0
    }
    if (!command) throw new UsageError(`there is no command "${first}"`)
    return await (await command.load()).run(isNamed ? rest : args, screen)
  } catch (error) {
    if (error instanceof UsageError) {
      const more = command?.name ? `matinee ${command.name} --help` : 'matinee --help'
      screen.note(`matinee: ${error.message} ("${more}" explains)`)
      return 2
    }
    const place = isRefusal(error) && typeof error.path === 'string' ? `${error.path}: ` : ''
    screen.note(`matinee: ${place}${refusalWords(error)}`)
    if (process.env['MATINEE_DEBUG'] !== undefined && error instanceof Error)
      screen.note(error.stack ?? '')
    return 1
  }
}

const code = await main(process.argv.slice(2))
// Not left to an empty event loop: a socket that lingers must not hold a command that has ended. But
// what was said must have left.
process.stdout.write('', (error) => {
  // When it couldn't, the screen says so, and ends the program itself.
  if (!error) process.exit(code)
})
