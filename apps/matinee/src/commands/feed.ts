/** `matinee feed`: finds what is to be done with a feed, and hands the arguments to it. */
import { UsageError, type Command, type Screen } from '../command.ts'

/** One of the things that are done with a feed. */
interface FeedAct {
  readonly name: string
  /** One line. */
  readonly summary: string
  load(): Promise<Command>
}

/** In the order in which a curator meets them. */
const ACTS: readonly FeedAct[] = [
  {
    name: 'init',
    summary: 'begin a feed: a folder, a key, a fingerprint',
    load: async () => (await import('./feed/init.ts')).initCommand,
  },
  {
    name: 'add',
    summary: 'take a film into a folder of your own: release, record, rights',
    load: async () => (await import('./feed/add.ts')).addCommand,
  },
  {
    name: 'key',
    summary: 'make keys, take them in, say what they sign for',
    load: async () => (await import('./feed/key.ts')).keyCommand,
  },
  {
    name: 'sign',
    summary: 'sign the next version of works, decisions and curators',
    load: async () => (await import('./feed/sign.ts')).signCommand,
  },
  {
    name: 'publish',
    summary: 'put what was signed in its place',
    load: async () => (await import('./feed/publish.ts')).publishCommand,
  },
  {
    name: 'revoke',
    summary: 'withdraw a work',
    load: async () => (await import('./feed/revoke.ts')).revokeCommand,
  },
  {
    name: 'reinstate',
    summary: 'take a withdrawal back',
    load: async () => (await import('./feed/reinstate.ts')).reinstateCommand,
  },
  {
    name: 'rotate',
    summary: 'change who signs for what',
    load: async () => (await import('./feed/rotate.ts')).rotateCommand,
  },
  {
    name: 'curator',
    summary: 'let others sign works within a name space',
    load: async () => (await import('./feed/curator.ts')).curatorCommand,
  },
  {
    name: 'verify',
    summary: 'check a feed as the application would',
    load: async () => (await import('./feed/verify.ts')).verifyCommand,
  },
  {
    name: 'site',
    summary: 'write a static site of a feed, for browsers, Stremio and RSS readers',
    load: async () => (await import('./feed/site.ts')).siteCommand,
  },
  {
    name: 'list',
    summary: 'name the works of a feed, with licence and places',
    load: async () => (await import('./feed/list.ts')).listCommand,
  },
  {
    name: 'playlist',
    summary: 'make a list of works under a key of its own, which others follow by itself',
    load: async () => (await import('./feed/playlist.ts')).playlistCommand,
  },
  {
    name: 'harvest',
    summary: 'look at candidates for a feed, and write a sheet about each',
    load: async () => (await import('./feed/harvest.ts')).harvestCommand,
  },
  {
    name: 'accept',
    summary: 'take a candidate over, after a person decided',
    load: async () => (await import('./feed/accept.ts')).acceptCommand,
  },
  {
    name: 'source',
    summary: 'name the source of Matinee itself in a feed',
    load: async () => (await import('./feed/source.ts')).sourceCommand,
  },
  {
    name: 'dossier',
    summary: 'write one page about a feed, to hand in',
    load: async () => (await import('./feed/dossier.ts')).dossierCommand,
  },
]

const HELP = `Usage: matinee feed ACT [DIR] …

For curators, who keep feeds of works.

${ACTS.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

"matinee feed ACT --help" says more about one of them.
`

/** `matinee feed`. */
export const feedCommand: Command = {
  help: HELP,
  helpOf: async ([name = '']) => {
    const act = ACTS.find((each) => each.name === name)
    return act === undefined ? HELP : (await act.load()).help
  },
  run,
}

async function run([name = '', ...rest]: readonly string[], screen: Screen): Promise<number> {
  const act = ACTS.find((each) => each.name === name)
  const names = ACTS.map((each) => each.name).join(', ')
  if (name === '') throw new UsageError(`what to do is missing: one of ${names}`)
  if (act === undefined) throw new UsageError(`"${name}" is none of ${names}`)
  return await (await act.load()).run(rest, screen)
}
