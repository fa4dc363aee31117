import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ROLE_LIMITS, type RootState, TrustError, readRootDraft } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { systemDisk } from '@matinee/engine/system'
import { UsageError, type Command, type Screen } from '../../command.ts'
import { readOnly, readOptions } from '../../options.ts'
import { readCapped, writeDurably } from '../../publisher/durable-file.ts'
import { KeyRing } from '../../publisher/key-ring.ts'
import { openPassphrases } from '../../publisher/passphrase.ts'
import { KEY_HELP, KEY_OPTIONS, openSigning } from '../../publisher/publisher-options.ts'
import { parseSettings } from '../../publisher/publisher-settings.ts'
import { settle } from '../../publisher/publication.ts'
import { RootChain, keyNames } from '../../publisher/root-chain.ts'
import {
  ROOT_ROLES,
  type RootChange,
  type RootRoleName,
  lackWords,
  nextRoot,
  rootWords,
  shortKey,
  signAlone,
  signWith,
} from '../../publisher/root-change.ts'

const HELP = `Usage: matinee feed rotate DIR [changes] [options]
       matinee feed rotate DIR [options]
       matinee feed rotate DRAFT --key FILE [options]

Changes who signs for what: drafts the next root, and signs it with the keys at hand.
It must be signed by as many keys of the root before as that one wants, and by as many
of its own. Until then it waits in DIR/roots/draft.json; call again with other keys, or
carry the file to a computer that has them (third form; nothing else is needed there)
and back. Then: matinee feed sign, publish.

Changes:
  --root A,B,C         the keys that may change this, by their names
  --timestamp A, --snapshot A, --targets A
                       the keys of the other roles
  --threshold ROLE=N   how many of them must sign (default: 1 where keys are new)
  --renew              nothing: the same again, to hold for longer

Options:
  --drop               forget a draft that waits
${KEY_HELP}  --json               print one JSON object
`

/** `matinee feed rotate`. */
export const rotateCommand: Command = { help: HELP, run }

const OPTIONS = {
  ...KEY_OPTIONS,
  root: { type: 'string' },
  timestamp: { type: 'string' },
  snapshot: { type: 'string' },
  targets: { type: 'string' },
  threshold: { type: 'string', multiple: true },
  renew: { type: 'boolean', default: false },
  drop: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, OPTIONS)
  const place = resolve(readOnly(positionals, "the publisher's folder"))
  if ((await stat(place).catch(() => null))?.isFile() === true)
    return await signDraftFile(place, values.key ?? [], values['passphrase-fd'], screen)
  const { folder, ring, nowMs } = await openSigning(positionals, values)
  await settle(folder)
  const settings = parseSettings(await folder.settings())
  const chain = await RootChain.read(folder)
  if (values.drop) {
    await chain.drop(folder)
    screen.line('dropped: the root is as it was')
    return 0
  }
  const change = readChange(values)
  const isChange = values.renew || change.keys.size > 0 || change.thresholds.size > 0
  if (isChange && chain.draft !== null)
    throw new UsageError('a draft waits for signatures already; --drop forgets it')
  const draft = isChange ? nextRoot(chain, settings, change, nowMs) : chain.draft
  if (draft === null) throw new UsageError('no draft waits, and no change is named')
  const signed = await signWith(draft, ring, (bytes) => chain.stateOf(bytes))
  const state = await chain.keep(folder, signed.draft)
  say(state, signed.signed, keyNames(settings), values.json, screen)
  return 0
}

function say(
  state: RootState,
  signed: readonly string[],
  nameOf: (key: Uint8Array) => string,
  isJson: boolean,
  screen: Screen,
): void {
  const { version } = state.root
  const isComplete = state.kind === 'complete'
  if (isJson) {
    screen.event({ event: 'rotated', version, isComplete, signed })
    return
  }
  screen.line(`root ${version}${isComplete ? ' is signed' : ' waits for signatures'}`)
  for (const line of rootWords(state.root, nameOf)) screen.line(line)
  if (signed.length > 0) screen.line(`  signed by ${signed.join(', ')} just now`)
  for (const line of lackWords(state, nameOf)) screen.line(line)
  if (isComplete)
    screen.line('Readers learn of it with the next version: matinee feed sign, publish.')
}

/** On a computer that has a draft and a key, and nothing else of the feed. */
async function signDraftFile(
  path: string,
  files: readonly string[],
  fd: string | undefined,
  screen: Screen,
): Promise<number> {
  if (files.length === 0) throw new UsageError('--key is missing: which key is to sign this draft?')
  const ring = await KeyRing.ofFiles(systemDisk(), files, openPassphrases(fd))
  const { draft, root, signed } = await signAlone(await readDraft(path), ring)
  screen.line(`root ${root.version}`)
  for (const line of rootWords(root, shortKey)) screen.line(line)
  await writeDurably(systemDisk(), path, draft)
  screen.line(`  signed by ${signed.join(', ')}; carry ${path} back`)
  return 0
}

async function readDraft(path: string): Promise<Uint8Array> {
  const bytes = await readCapped(systemDisk(), path, ROLE_LIMITS.root.bytes)
  try {
    readRootDraft(bytes ?? new Uint8Array(), systemFeedCrypto())
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    throw new UsageError(`${path} is no draft of a root: it lies in DIR/roots/draft.json`, {
      cause: error,
    })
  }
  return bytes ?? new Uint8Array()
}

function readChange(values: Readonly<Record<string, unknown>>): RootChange {
  const keys = new Map<RootRoleName, readonly string[]>()
  for (const role of ROOT_ROLES) {
    const text = values[role]
    if (typeof text === 'string') keys.set(role, [...new Set(text.split(','))])
  }
  const thresholds = new Map<RootRoleName, number>()
  const texts = Array.isArray(values['threshold']) ? values['threshold'].map(String) : []
  for (const text of texts) {
    const [, name, number] = /^([a-z]+)=(\d{1,2})$/u.exec(text) ?? []
    const role = ROOT_ROLES.find((each) => each === name)
    if (role === undefined || !(Number(number) >= 1))
      throw new UsageError(`--threshold ${text} isn't a role and a number from 1, as root=2`)
    thresholds.set(role, Number(number))
  }
  return { keys, thresholds }
}
