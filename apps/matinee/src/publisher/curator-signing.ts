import {
  type CuratorOrder,
  type RoleName,
  type TargetsRole,
  draftCurator,
  draftPath,
  publishedRole,
  readEdition,
  roleFile,
  signDraft,
  targetFileName,
  keyIdOf,
  openCuratorFile,
} from '@matinee/catalogue'
import type { Signer } from '@matinee/base'
import { systemDeflate, systemFeedCrypto } from '@matinee/catalogue/node'
import { newestCuratorFile } from './curator-role.ts'
import { readDecisions } from './decisions.ts'
import { checkSource, folderSource } from './feed-source.ts'
import { NextFiles, feedFileNames } from './next-files.ts'
import { settle } from './publication.ts'
import { PublisherError } from './publisher-error.ts'
import { parseSettings } from './publisher-settings.ts'
import type { SigningParts } from './signing.ts'
import { collectWorks, readWorkFile } from './work-files.ts'

const TOOLS = { ...systemFeedCrypto(), ...systemDeflate() }

/** Signs the works of a curator's folder, for a publisher to take in. Throws {@link PublisherError}. */
export async function signCurator(
  { folder, ring, nowMs }: SigningParts,
  name: RoleName,
): Promise<{ readonly version: number; readonly works: number }> {
  await settle(folder)
  const settings = parseSettings(await folder.settings())
  const keys = settings.keys.map(({ publicKey }) => publicKey)
  const curator: CuratorOrder = {
    name,
    keys,
    threshold: 1,
    paths: ['works/*'],
    isTerminating: false,
  }
  const source = folderSource(folder.disk, folder.feedFolder)
  const before = await newestCuratorFile(folder, curator, folder.feedFolder)
  const works = await collectWorks(folder)
  const threshold = {
    threshold: 1,
    keys: keys.map((publicKey) => ({ id: keyIdOf(publicKey, TOOLS), publicKey })),
  }
  const { draft, files } = draftCurator(
    {
      role: name,
      published:
        before === null ? null : publishedRole(before.bytes, 'targets', threshold, name, TOOLS),
      edition: before === null ? null : await checkSource(readEdition(before.role, TOOLS), source),
      works: works.map(({ work }) => work),
      added: new Map(),
      revocations: await readDecisions(folder),
      days: settings.days.targets,
      nowMs,
    },
    TOOLS,
  )
  if (draft.kind === 'kept')
    throw new PublisherError('refused', `nothing changed since version ${draft.version}`)
  const own = ring.among(keys)
  if (own.length === 0)
    throw new PublisherError(
      'missing-key',
      'no key of this curator is here: name its file with --key',
    )
  const signers: Signer[] = []
  for (const key of own) signers.push(await ring.open(key))
  const next = await NextFiles.begin(folder)
  for (const [path, bytes] of files) await next.add(path, bytes)
  for (const file of works.flatMap((each) => each.files))
    if (!(await next.has(file.path))) await next.add(file.path, await readWorkFile(folder, file))
  const path = draftPath(name, draft)
  const bytes = signDraft(draft, signers, TOOLS)
  await next.add(path, bytes)
  const role = openCuratorFile(bytes, curator, path, TOOLS)
  const carried = works.flatMap((each) => each.files.map((file) => file.path))
  const needed = new Set([path, ...carried, ...targetNames(role)])
  // Whoever is in the middle of reading the version before finds it whole.
  if (before !== null)
    for (const each of [roleFile(name, before.role.version), ...targetNames(before.role)])
      needed.add(each)
  const there = await feedFileNames(folder, folder.feedFolder)
  await next.finish({
    files: next.files.filter((each) => each !== path),
    switches: [path],
    stale: there.filter((each) => !needed.has(each)),
    version: draft.version,
  })
  return { version: draft.version, works: works.length }
}

function targetNames({ files }: TargetsRole): readonly string[] {
  return [...files.values()].map(targetFileName)
}
