/** Where feed and films are taken from. */
import { readFile, readdir, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { Sha256Text } from '@matinee/catalogue'
import { fieldOf } from '../harvest/loose-field.ts'
import { PackError } from './pack-error.ts'

/** A folder that has films. */
export type FilmPlace =
  /** A publisher's, or another stick: releases lie in it as files. */
  | { readonly kind: 'publisher'; readonly folder: string; readonly feed: string }
  /** A viewer's data folder, or a mirror's: films lie as the engine keeps them. */
  | { readonly kind: 'follower'; readonly films: string; readonly feed: string }

/**
 * Says what a folder is. Throws {@link PackError} `choice`.
 *
 * @param fingerprint which of the feeds that are followed there; `null` = the only one
 */
export async function findPlace(
  folder: string,
  fingerprint: Sha256Text | null,
): Promise<FilmPlace> {
  if (await isThere(join(folder, 'publisher.json')))
    return { kind: 'publisher', folder, feed: join(folder, 'feed') }
  if (!(await isThere(join(folder, 'following.json'))))
    throw new PackError(
      'choice',
      `${folder} is neither a publisher's folder nor a stick, a mirror's folder or a viewer's data folder`,
    )
  const names = (await readdir(join(folder, 'feeds')).catch((): string[] => [])).toSorted()
  const chosen = fingerprint === null ? names : names.filter((name) => name === fingerprint)
  const [name, ...others] = chosen
  if (name === undefined) throw new PackError('choice', `no such feed is followed in ${folder}`)
  if (others.length > 0)
    throw new PackError('choice', `which feed? --feed names one of ${names.join(', ')}`)
  const films = (await isThere(join(folder, 'works')))
    ? join(folder, 'works')
    : await mediaFolder(folder)
  return { kind: 'follower', films, feed: join(folder, 'feeds', name, 'feed') }
}

/** Where a viewer keeps films: what its settings say, else in its data folder. */
async function mediaFolder(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'settings.json'), 'utf8').catch(() => '{}')
  try {
    const said = fieldOf(JSON.parse(text), 'mediaFolder')
    if (typeof said === 'string' && isAbsolute(said)) return said
  } catch {
    // Damaged settings are the viewer's matter.
  }
  return join(folder, 'media')
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
