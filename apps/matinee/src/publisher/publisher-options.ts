import { systemClock } from '@matinee/engine/system'
import { readOnly } from '../options.ts'
import { KeyRing } from './key-ring.ts'
import { openPassphrases } from './passphrase.ts'
import { PublisherFolder } from './publisher-folder.ts'
import type { SigningParts } from './signing.ts'

/** Options of every command that opens keys. */
export const KEY_OPTIONS = {
  key: { type: 'string', multiple: true },
  'passphrase-fd': { type: 'string' },
} as const

/** What the help of such a command says of them. */
export const KEY_HELP = `  --key FILE           take a key from FILE too, on a stick for instance; may be repeated
  --passphrase-fd N    read passphrases from file descriptor N, one a line in the order in
                       which keys are opened; the last one serves all others. Without it
                       they are asked for on the terminal
`

/** The folder and keys that a call names. */
export async function openSigning(
  positionals: readonly string[],
  values: {
    readonly key?: readonly string[] | undefined
    readonly 'passphrase-fd'?: string | undefined
  },
): Promise<SigningParts> {
  const folder = await PublisherFolder.open(readOnly(positionals, "the publisher's folder"))
  const passphrases = openPassphrases(values['passphrase-fd'])
  const ring = await KeyRing.open(folder, values.key ?? [], passphrases)
  return { folder, ring, nowMs: systemClock().wallMs() }
}

/** A fingerprint or key in groups, as people compare them. */
export function groupedHex(text: string): string {
  return text.match(/.{1,4}/gu)?.join(' ') ?? text
}
