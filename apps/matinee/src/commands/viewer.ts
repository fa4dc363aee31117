import { resolve } from 'node:path'
import {
  DEFAULT_PORT,
  DataFolderError,
  FolderClaimedError,
  NewerDataError,
  PortsTakenError,
  startViewer,
} from '@matinee/viewer'
import { forgetBrowserPage, openInBrowser } from '../browser.ts'
import { UsageError, type Command, type Screen } from '../command.ts'
import { defaultDataFolder, readFolder } from '../data-folder.ts'
import { readOptions, readPort } from '../options.ts'
import { cantKeepWords, newerWords } from '../refusal-words.ts'
import { ownSource } from '../source/own-source.ts'
import { closeInTime, listenForStop } from '../stop-signal.ts'

const HELP = `Usage: matinee [options]

Starts Matinee on this computer and opens it in your browser. No film is uploaded or
downloaded before you press play; a catalogue that you follow is kept, and given to others
who follow it. Stop it with Ctrl-C.

Options:
  --no-open     don't open the browser; the address is printed
  --port P      listen on port P (default ${DEFAULT_PORT}, or the next free one of ten)
  --data DIR    keep films and settings in DIR
                (default ${defaultDataFolder()})
  --stick DIR   follow the feed in DIR/feed first of all, and play films from DIR/releases
                ("matinee pack" makes such a folder)
  --json        print one JSON object a line:
                {"event":"ready","url":…,"launchUrl":…}

Matinee listens on this computer only (127.0.0.1). The launch address lets one browser in,
once; don't give it to anybody.
`

/** What `matinee` does by itself. */
export const viewerCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    'no-open': { type: 'boolean', default: false },
    port: { type: 'string' },
    data: { type: 'string' },
    stick: { type: 'string' },
    json: { type: 'boolean', default: false },
  })
  if (positionals[0] !== undefined) throw new UsageError(`there is no command "${positionals[0]}"`)
  const port = readPort(values.port)
  const dataFolder = readFolder(values.data, defaultDataFolder())
  using stop = listenForStop()
  try {
    const viewer = await startViewer({
      dataFolder,
      ...(port === undefined ? {} : { port }),
      source: await ownSource(dataFolder),
      ...(values.stick === undefined ? {} : { stick: resolve(values.stick) }),
    })
    if (values.json) screen.event({ event: 'ready', url: viewer.url, launchUrl: viewer.launchUrl })
    else greet(screen, viewer.launchUrl)
    // The browser gets a code of its own: the printed one stays good for another browser.
    const opened = !values['no-open'] && (await openInBrowser(viewer.newLaunchUrl(), dataFolder))
    if (!values.json && !values['no-open'] && !opened)
      screen.note('No browser could be opened here: open the address yourself.')
    await Promise.race([stop.stopped, viewer.quitting])
    if (!values.json) screen.note('Matinee is closing.')
    await forgetBrowserPage(dataFolder)
    await closeInTime(viewer.close())
    return 0
  } catch (error) {
    if (error instanceof FolderClaimedError) {
      screen.note(claimedWords(error.url))
      // Started again from a menu, it comes back to the page; this browser was let in before.
      if (!values['no-open'] && error.url !== null) await openInBrowser(error.url, dataFolder)
      return 0
    }
    if (error instanceof DataFolderError) {
      screen.note(`matinee: ${cantKeepWords(dataFolder, error.cause, '--data')}`)
      return 1
    }
    if (error instanceof NewerDataError) {
      screen.note(`matinee: ${newerWords(error.path, '--data')}`)
      return 1
    }
    if (!(error instanceof PortsTakenError)) throw error
    screen.note(
      port === undefined
        ? `matinee: the ports from ${DEFAULT_PORT} on are all taken; name a free one with --port`
        : `matinee: port ${port} is taken; name another with --port`,
    )
    return 1
  }
}

function claimedWords(url: string | null): string {
  const where = url === null ? '' : `: ${url}`
  return `matinee: Matinee runs already on this computer${where}. Go there in the browser that was let in, or stop it first; --data DIR starts another one`
}

function greet(screen: Screen, launchUrl: string): void {
  screen.line('Matinee runs on this computer. Open it once with this address:')
  screen.line('')
  screen.line(`    ${launchUrl}`)
  screen.line('')
  screen.line('Stop with Ctrl-C.')
}
