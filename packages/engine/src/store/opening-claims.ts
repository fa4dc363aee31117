import type { Disk, FileFacts } from '@matinee/base'
import type { BlockMap } from './block-map.ts'
import { BlockSet } from './block-set.ts'
import type { LoadedResume } from './resume-file.ts'
import type { Sections } from './sections.ts'

/** What can be believed of a resume state after a look at the files, without reading them. */
export interface OpeningClaims {
  readonly claimed: BlockSet
  readonly doubted: BlockSet
}

export interface StoredFiles {
  readonly disk: Disk
  readonly sections: Sections
  readonly map: BlockMap
  pathOf(section: number): string
}

/** Looks at size and date of every file that the state names blocks of. Throws DiskError. */
export async function openingClaims(
  loaded: LoadedResume,
  stored: StoredFiles,
): Promise<OpeningClaims> {
  const { map, sections } = stored
  const claimed = new BlockSet(map.blockCount)
  const doubted = new BlockSet(map.blockCount)
  if (loaded.kind === 'none') return { claimed, doubted }
  const { state } = loaded
  claimed.addAll(state.blocks)
  for (const section of sectionsWithBlocks(claimed, stored)) {
    const { start, end } = sections.spanOf(section)
    const facts = await stored.disk.facts(stored.pathOf(section))
    // After an unclean stop the state knows no sizes and dates, so all is doubted.
    const isAsLeft = facts !== null && areEqual(facts, state.files.get(section))
    if (!isAsLeft) doubted.addAll(within(claimed, map.blocksOf({ start, end })))
    const goneFrom = start + (facts?.size ?? 0)
    if (goneFrom < end) claimed.clearAll(within(claimed, map.blocksOf({ start: goneFrom, end })))
  }
  for (const { start, end } of doubted.runs())
    for (let block = start; block < end; block++) if (!claimed.has(block)) doubted.clear(block)
  return { claimed, doubted }
}

/** Size and date of the files that these blocks lie in, for the clean marker. Throws DiskError. */
export async function factsOf(
  blocks: BlockSet,
  stored: StoredFiles,
): Promise<Map<number, FileFacts>> {
  const files = new Map<number, FileFacts>()
  for (const section of sectionsWithBlocks(blocks, stored)) {
    const facts = await stored.disk.facts(stored.pathOf(section))
    if (facts !== null) files.set(section, facts)
  }
  return files
}

/** The sections that these blocks lie in, in order. */
function sectionsWithBlocks(blocks: BlockSet, stored: StoredFiles): readonly number[] {
  const sections = new Set<number>()
  for (const run of blocks.runs())
    for (const { section } of stored.sections.partsIn(stored.map.spanOf(run))) sections.add(section)
  return [...sections]
}

function within(blocks: BlockSet, run: { start: number; end: number }): BlockSet {
  const part = new BlockSet(blocks.capacity)
  for (let block = run.start; block < run.end; block++) if (blocks.has(block)) part.set(block)
  return part
}

function areEqual(a: FileFacts, b: FileFacts | undefined): boolean {
  return b !== undefined && a.size === b.size && a.modifiedMs === b.modifiedMs
}
