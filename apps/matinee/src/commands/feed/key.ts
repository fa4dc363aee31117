import { dirname, join, resolve } from 'node:path'
import { type Disk, fromHex, toHex } from '@matinee/base'
import { parseRoleName } from '@matinee/catalogue'
import { systemDisk } from '@matinee/engine/system'
import { UsageError, type Command, type Screen } from '../../command.ts'
import { readOptions } from '../../options.ts'
import { writeDurably } from '../../publisher/durable-file.ts'
import { makeKey } from '../../publisher/key-file.ts'
import { keyFileName } from '../../publisher/key-ring.ts'
import { openPassphrases } from '../../publisher/passphrase.ts'
import { refuseHistory } from '../../publisher/private-place.ts'
import { PublisherFolder } from '../../publisher/publisher-folder.ts'
import { type NamedKey, parseSettings, writeSettings } from '../../publisher/publisher-settings.ts'
import { RootChain, keyNames } from '../../publisher/root-chain.ts'
import { ROOT_ROLES } from '../../publisher/root-change.ts'

const HELP = `Usage: matinee feed key DIR [--json]
       matinee feed key DIR --new NAME [--out FILE] [--passphrase-fd N]
       matinee feed key DIR --add NAME=KEY
       matinee feed key --new NAME --out FILE [--passphrase-fd N]

The keys of the feed in DIR: which there are, what each signs for, and whether its file
is here. A new key signs for nothing until "matinee feed rotate" says so.

  --new NAME           make a key under a passphrase: in DIR/keys, or in FILE. Without DIR,
                       on a computer of its own, it is made and nothing else
  --out FILE           where to write it, on a stick for instance
  --add NAME=KEY       take in the public KEY (64 hexadecimal digits) of a key that was
                       made elsewhere
  --passphrase-fd N    read the passphrase from file descriptor N
  --json               print one JSON object a line
`

/** `matinee feed key`. */
export const keyCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    new: { type: 'string' },
    out: { type: 'string' },
    add: { type: 'string' },
    'passphrase-fd': { type: 'string' },
    json: { type: 'boolean', default: false },
  })
  const [path, extra] = positionals
  if (extra !== undefined) throw new UsageError(`"${extra}" is one argument too many`)
  const folder = path === undefined ? null : await PublisherFolder.open(path)
  if (values.new !== undefined) {
    const name = keyName(values.new)
    const out = values.out ?? (folder === null ? null : join(folder.keysFolder, keyFileName(name)))
    if (out === null) throw new UsageError('--out FILE is missing, or the folder of a feed')
    if (folder !== null) await refuseTaken(folder, name)
    const passphrase = await openPassphrases(values['passphrase-fd']).askNew(name)
    const publicKey = await writeKey(systemDisk(), resolve(out), name, passphrase)
    if (folder !== null) await register(folder, { name, publicKey })
    if (values.json) screen.event({ event: 'key', name, key: toHex(publicKey), file: resolve(out) })
    else screen.line(`made ${resolve(out)}\n  key  ${toHex(publicKey)}`)
    return 0
  }
  if (folder === null) throw new UsageError("the publisher's folder is missing")
  if (values.add !== undefined) {
    const named = readNamed(values.add)
    await refuseTaken(folder, named.name)
    await register(folder, named)
    if (!values.json) screen.line(`taken in: ${named.name}`)
    return 0
  }
  await list(folder, values.json, screen)
  return 0
}

async function list(folder: PublisherFolder, isJson: boolean, screen: Screen): Promise<void> {
  const settings = parseSettings(await folder.settings())
  const { newest } = await RootChain.read(folder)
  const root = newest === null ? null : (await RootChain.read(folder)).newestState.root
  const files = await folder.disk.list(folder.keysFolder)
  const nameOf = keyNames(settings)
  for (const { name, publicKey } of settings.keys) {
    const roles = ROOT_ROLES.filter((role) =>
      root?.signers[role].keys.some((key) => nameOf(key.publicKey) === name),
    )
    const isHere = files.includes(keyFileName(name))
    if (isJson) screen.event({ event: 'key', name, key: toHex(publicKey), roles, isHere })
    else {
      screen.line(`${name}${isHere ? '' : ' (its file is elsewhere)'}`)
      screen.line(`  key    ${toHex(publicKey)}`)
      screen.line(`  signs  ${roles.length === 0 ? 'nothing' : roles.join(', ')}`)
    }
  }
}

/** Writes a key where nobody commits it by habit, and never over another file. */
async function writeKey(
  disk: Disk,
  path: string,
  name: string,
  passphrase: string,
): Promise<Uint8Array> {
  await refuseHistory(disk, dirname(path))
  if ((await disk.facts(path)) !== null)
    throw new UsageError(`${path} is there already: name another file`)
  const { bytes, signer } = await makeKey(name, passphrase)
  await writeDurably(disk, path, bytes)
  return signer.publicKey
}

async function register(folder: PublisherFolder, key: NamedKey): Promise<void> {
  const settings = parseSettings(await folder.settings())
  await folder.writeSettings(writeSettings({ ...settings, keys: [...settings.keys, key] }))
}

async function refuseTaken(folder: PublisherFolder, name: string): Promise<void> {
  const { keys } = parseSettings(await folder.settings())
  if (keys.some((key) => key.name === name))
    throw new UsageError(`there is a key ${name} already: choose another name`)
}

function readNamed(text: string): NamedKey {
  const [, name = '', key = ''] = /^([^=]+)=([0-9a-f]{64})$/u.exec(text) ?? []
  const publicKey = key === '' ? null : fromHex(key)
  if (publicKey === null)
    throw new UsageError(`--add ${text} isn't NAME=KEY, with 64 hexadecimal digits`)
  return { name: keyName(name), publicKey }
}

function keyName(text: string): string {
  const name = parseRoleName(text)
  if (name === null) throw new UsageError(`"${text}" is no name: use small letters and digits`)
  return name
}
