import { join, resolve } from 'node:path'
import { type Disk, type Signer, equalBytes, toHex } from '@matinee/base'
import { UsageError } from '../command.ts'
import { readCapped } from './durable-file.ts'
import { KEY_FILE_BYTES, type KeyFile, readKeyFile } from './key-file.ts'
import type { Passphrases } from './passphrase.ts'
import { PublisherError } from './publisher-error.ts'
import type { PublisherFolder } from './publisher-folder.ts'

/** What a key's file is called in `keys/`. */
export function keyFileName(name: string): string {
  return `${name}.key.json`
}

/** The keys at hand: those in the publisher's folder, and those whose files somebody names, from a stick for instance. */
export class KeyRing {
  readonly #keys: readonly KeyFile[]
  readonly #passphrases: Passphrases
  readonly #opened = new Map<string, Signer>()

  /** A ring of keys that were read already. */
  constructor(keys: readonly KeyFile[], passphrases: Passphrases) {
    this.#keys = keys
    this.#passphrases = passphrases
  }

  /** The keys of a folder, and those in other files. Throws {@link PublisherError} `damaged` and {@link UsageError} when a file is none. */
  static async open(
    { disk, keysFolder }: PublisherFolder,
    files: readonly string[],
    passphrases: Passphrases,
  ): Promise<KeyRing> {
    const own = (await disk.list(keysFolder))
      .filter((name) => name.endsWith('.key.json'))
      .toSorted()
      .map((name) => join(keysFolder, name))
    return await KeyRing.ofFiles(disk, [...own, ...files], passphrases)
  }

  /** The keys in files. Throws as {@link KeyRing.open}. */
  static async ofFiles(
    disk: Disk,
    files: readonly string[],
    passphrases: Passphrases,
  ): Promise<KeyRing> {
    const keys: KeyFile[] = []
    for (const file of files) {
      const path = resolve(file)
      const bytes = await readCapped(disk, path, KEY_FILE_BYTES)
      if (bytes === null) throw new UsageError(`there is no key ${path}`)
      keys.push(readKeyFile(bytes, path))
    }
    return new KeyRing(keys, passphrases)
  }

  /** All keys that are at hand. */
  get keys(): readonly KeyFile[] {
    return this.#keys
  }

  /** Those of some public keys that are at hand. */
  among(publicKeys: readonly Uint8Array[]): readonly KeyFile[] {
    return publicKeys.flatMap(
      (key) => this.#keys.find((each) => equalBytes(each.publicKey, key)) ?? [],
    )
  }

  /** Opens a key; its passphrase is asked once. Throws {@link PublisherError} `passphrase`. */
  async open(key: KeyFile): Promise<Signer> {
    const id = toHex(key.publicKey)
    const opened = this.#opened.get(id) ?? (await key.open(await this.#passphrases.ask(key.name)))
    if (!equalBytes(opened.publicKey, key.publicKey))
      throw new PublisherError('damaged', `the file of the key ${key.name} holds another key`)
    this.#opened.set(id, opened)
    return opened
  }

  /**
   * As many signers of a role as it needs. Throws {@link PublisherError} `missing-key` when fewer are at hand, before any
   * passphrase is asked.
   *
   * @param what the role, for people
   * @param nameOf how a key is called
   */
  async signers(
    what: string,
    { keys, threshold }: { readonly keys: readonly Uint8Array[]; readonly threshold: number },
    nameOf: (key: Uint8Array) => string,
  ): Promise<readonly Signer[]> {
    const found = this.among(keys)
    if (found.length < threshold)
      throw new PublisherError(
        'missing-key',
        `${what} needs ${threshold} of the keys ${keys.map(nameOf).join(', ')}, and ${found.length} are here: name the file of another with --key`,
      )
    const signers: Signer[] = []
    for (const key of found.slice(0, threshold)) signers.push(await this.open(key))
    return signers
  }
}
