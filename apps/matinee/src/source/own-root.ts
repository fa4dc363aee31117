import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assert } from '@matinee/base'
import { parseSha256, type Sha256Text } from '@matinee/catalogue'

/** The root of this copy of Matinee. Absolute, with a slash at the end. */
export const OWN_ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

/** The version of the program in a folder, as its package.json says it. Throws what the file system throws. */
export async function versionOf(root: string): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8')
  const version = /"version": "(\d+\.\d+\.\d+(?:-[a-z0-9.]+)?)"/u.exec(text)?.[1]
  assert(version !== undefined, 'package.json says which version this is')
  return version
}

/**
 * The feed that the program in a folder was published in, by its fingerprint, as its package.json says it (`publishedIn`);
 * null = none. Throws what the file system throws.
 */
export async function publishedIn(root: string): Promise<Sha256Text | null> {
  const text = await readFile(join(root, 'package.json'), 'utf8')
  return parseSha256(/"publishedIn": "([0-9a-f]{64})"/u.exec(text)?.[1] ?? '')
}
