import { resolve } from 'node:path'
import { parseSha256 } from '@matinee/catalogue'
import { systemClock } from '@matinee/engine/system'
import { UsageError, type Command, type Screen } from '../command.ts'
import { defaultDataFolder, readFolder } from '../data-folder.ts'
import { readOnly, readOptions } from '../options.ts'
import { pack } from '../pack/pack.ts'
import { PackError } from '../pack/pack-error.ts'
import { plainLine } from '../plain-text.ts'
import { sizeWords } from '../size-words.ts'
import { OWN_ROOT } from '../source/own-root.ts'
import { listenForStop } from '../stop-signal.ts'

const HELP = `Usage: matinee pack DIR [--from FOLDER] (--list LIST | --work WORK | --all)

Cinema on a stick: writes this copy of Matinee, what it runs with, a feed and films into the
new or empty folder DIR. "./matinee" in it starts on another Linux computer, without a
network and without anything installed; "./matinee seed ." there gives feed and films on.

  --from FOLDER      what has feed and films: a publisher's folder, another stick, a mirror's
                     folder, or the data folder of Matinee (the default), when it isn't running
  --feed FINGERPRINT which feed, when several are followed there
  --list LIST        the films of a list of the feed; may be repeated
  --work WORK        one film; may be repeated
  --all              every film that is there
  --json             print JSON objects

The disk has to keep links and programs, as ext4 does. A stick formatted for Windows doesn't.
`

/** `matinee pack`. */
export const packCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    from: { type: 'string' },
    feed: { type: 'string' },
    list: { type: 'string', multiple: true, default: [] },
    work: { type: 'string', multiple: true, default: [] },
    all: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  })
  const path = resolve(readOnly(positionals, 'the folder of the stick'))
  const { list: lists, work: works, all } = values
  const from = readFolder(values.from, defaultDataFolder())
  const fingerprint = values.feed === undefined ? null : parseSha256(values.feed)
  if (values.feed !== undefined && fingerprint === null)
    throw new UsageError(`--feed ${values.feed} isn't 64 hexadecimal digits`)
  if (lists.length + works.length === 0 && !all)
    throw new UsageError('which films? --list, --work or --all says it')
  using stop = listenForStop()
  try {
    const { feed, films, bytes } = await pack({
      path,
      from,
      fingerprint,
      wish: { lists, works, all },
      root: OWN_ROOT,
      node: process.execPath,
      nowMs: systemClock().wallMs(),
      onProgress: (what, doneBytes, totalBytes) => {
        if (values.json) screen.event({ event: 'progress', what, doneBytes, totalBytes })
        else screen.passing(`${what}: ${sizeWords(doneBytes)} of ${sizeWords(totalBytes)}`)
      },
      signal: stop.signal,
    })
    const { releases, missing } = films
    if (values.json) {
      screen.event({
        event: 'packed',
        folder: path,
        fingerprint: feed.fingerprint,
        bytes,
        missing,
        films: releases.length,
      })
      return 0
    }
    screen.line(`packed: ${path}, ${sizeWords(bytes)}`)
    screen.line(`  works  ${feed.works.size} in the feed, films of ${releases.length} releases`)
    for (const work of missing)
      screen.line(plainLine(`  without the film of ${work}: it isn't whole in ${from}`))
    screen.line('Start it there with ./matinee')
    return 0
  } catch (error) {
    if (error instanceof PackError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}
