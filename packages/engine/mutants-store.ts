import type { Mutant } from '../../tools/mutant.ts'

const SRC = 'packages/engine/src'
const STORE = `${SRC}/store`
const CRASH = `${STORE}/torrent-store.crash.test.ts`
const ACTS = `${STORE}/torrent-store.test.ts`
const OPENING = `${STORE}/torrent-store.opening.test.ts`
const FAULTS = `${STORE}/torrent-store.faults.test.ts`
const RESUME = `${STORE}/resume-file.test.ts`

/** The resume file goes into its place before the data that it names is synced. */
const SYNC_LAST = {
  find: `      failure = await this.#syncFiles(next, lost)
      if (!wasExact || !next.isWithin(named) || !named.isWithin(next)) {
        await this.#syncFolders()
        const isRetracting = !named.isWithin(next)
        await this.#save(next, false, new Map())`,
  replace: `      if (!wasExact || !next.isWithin(named) || !named.isWithin(next)) {
        await this.#syncFolders()
        const isRetracting = !named.isWithin(next)
        await this.#save(next, false, new Map())
        failure = await this.#syncFiles(next, lost)`,
} as const

/** Guards of the store and of the machine's disk, switched off one by one. */
export const STORE_MUTANTS: readonly Mutant[] = [
  {
    row: 'A1',
    guard: 'asks again for the rest of a short write',
    file: `${SRC}/node/system.ts`,
    find: `        left = dropBytes(left, bytesWritten)`,
    replace: `        left = []`,
    test: `${SRC}/node/system.test.ts`,
  },
  {
    row: 'A1',
    guard: 'tries a failed checkpoint again',
    file: `${STORE}/claims.ts`,
    find: `return !this.#isExact || !areEqual(this.#held, this.#named)`,
    replace: `return !areEqual(this.#held, this.#named)`,
    test: FAULTS,
  },
  {
    row: 'A2',
    guard: 'claims nothing of what was given up',
    file: `${STORE}/disk-store.ts`,
    find: `    while (this.#claims.mayBeNamed(run)) await this.#checkpointer.run()\n`,
    replace: ``,
    test: `${STORE}/sections.test.ts`,
  },
  {
    row: 'A2',
    guard: 'syncs the resume file before it is renamed',
    file: 'packages/base/src/whole-file.ts',
    find: `    await file.sync()\n`,
    replace: `\n`,
    test: CRASH,
  },
  {
    row: 'A2',
    guard: 'syncs the folder after the rename',
    file: 'packages/base/src/whole-file.ts',
    find: `  await disk.syncFolder(folder)\n`,
    replace: `\n`,
    test: CRASH,
  },
  {
    row: 'A3',
    guard: 'makes the names of data files lasting',
    file: `${STORE}/checkpointer.ts`,
    find: `      await disk.syncFolder(folder)\n      await disk.syncFolder(parentOf(folder))`,
    replace: ``,
    test: CRASH,
  },
  {
    row: 'A2',
    guard: 'takes a claim back as soon as other bytes are under way',
    file: `${STORE}/claims.ts`,
    find: `      this.unmark(block)\n      this.#suspect.clear(block)`,
    replace: `      this.#suspect.clear(block)`,
    test: CRASH,
  },
  {
    row: 'A2',
    guard: 'waits for a running checkpoint before another one begins',
    file: `${STORE}/checkpointer.ts`,
    find: `if (this.#following !== null) return this.#following`,
    replace: ``,
    test: CRASH,
  },
  {
    row: 'A2',
    guard: 'writes a checkpoint at least every five seconds',
    file: `${STORE}/checkpointer.ts`,
    find: `const EVERY_MS = 5 * SECOND_MS`,
    replace: `const EVERY_MS = 50 * SECOND_MS`,
    test: ACTS,
  },
  {
    row: 'A2',
    guard: 'writes a checkpoint at least every 64 MB',
    file: `${STORE}/checkpointer.ts`,
    find: `const EVERY_BYTES = 64 * MIB`,
    replace: `const EVERY_BYTES = 640 * MIB`,
    test: ACTS,
  },
  {
    row: 'A3',
    guard: 'syncs the data first and the resume file afterwards',
    file: `${STORE}/checkpointer.ts`,
    ...SYNC_LAST,
    test: CRASH,
  },
  {
    row: 'A2',
    guard: 'syncs the data before the resume file claims it',
    file: `${STORE}/checkpointer.ts`,
    ...SYNC_LAST,
    test: CRASH,
  },
  {
    row: 'A3',
    guard: 'claims nothing whose write has not ended',
    file: `${STORE}/checkpointer.ts`,
    find: `claims.begin(this.#options.blocksUnderWay())`,
    replace: `claims.begin([])`,
    test: ACTS,
  },
  {
    row: 'A3',
    guard: 'changes no byte of a block while a resume file names it',
    file: `${STORE}/disk-store.ts`,
    find: `while (runs.some((run) => this.#claims.mayBeNamed(run))) await`,
    replace: `if (runs.length === 0) await`,
    test: CRASH,
  },
  {
    row: 'A3',
    guard: 'removes the older generation that still names what was taken back',
    file: `${STORE}/checkpointer.ts`,
    find: `if (isRetracting) await this.#removeOlder()`,
    replace: `if (isRetracting && false) await this.#removeOlder()`,
    test: CRASH,
  },
  {
    row: 'A4',
    guard: 'doubts what an unclean stop left',
    file: `${STORE}/opening-claims.ts`,
    find: `b !== undefined && a.size === b.size`,
    replace: `(b === undefined || a.size === b.size)`,
    test: OPENING,
  },
  {
    row: 'A4',
    guard: 'calls itself clean only when nothing is doubted',
    file: `${STORE}/disk-store.ts`,
    find: `if (isUnchanged || this.#claims.doubted.count > 0) return`,
    replace: `if (isUnchanged) return`,
    test: OPENING,
  },
  {
    row: 'A5',
    guard: 'leaves the clean marker at a clean stop',
    file: `${STORE}/disk-store.ts`,
    find: `    await this.#checkpointer.finish(await factsOf(claimed, this.#stored))`,
    replace: `    await factsOf(claimed, this.#stored)`,
    test: OPENING,
  },
  {
    row: 'A5',
    guard: 'keeps the last claims when it is closed',
    file: `${STORE}/disk-store.ts`,
    find: `      await this.#checkpointer.run()\n    } finally {`,
    replace: `    } finally {`,
    test: OPENING,
  },
  {
    row: 'A6',
    guard: 'notices that a file is from another moment',
    file: `${STORE}/opening-claims.ts`,
    find: `&& a.modifiedMs === b.modifiedMs`,
    replace: ``,
    test: OPENING,
  },
  {
    row: 'A6',
    guard: 'claims nothing behind the end of a file',
    file: `${STORE}/opening-claims.ts`,
    find: `if (goneFrom < end) claimed.clearAll(`,
    replace: `if (goneFrom < start) claimed.clearAll(`,
    test: OPENING,
  },
  {
    row: 'A6',
    guard: 'compares a piece on the disk with its hash',
    file: `${STORE}/piece-check.ts`,
    find: `return v1Hash !== null && equalBytes(await this.#sha1(piece), v1Hash)`,
    replace: `return v1Hash !== null && (await this.#sha1(piece)).length > 0`,
    test: `${STORE}/piece-check.test.ts`,
  },
  {
    row: 'A7',
    guard: 'believes no byte of a file whose sync failed',
    file: `${STORE}/checkpointer.ts`,
    find: `        lost.push(...this.#options.claims.suspect(run))\n`,
    replace: `\n`,
    test: FAULTS,
  },
  {
    row: 'A9',
    guard: 'counts what waits for the disk',
    file: `${STORE}/disk-store.ts`,
    find: `    this.#queuedBytes += bytes.length`,
    replace: ``,
    test: ACTS,
  },
  {
    row: 'A10',
    guard: 'keeps few files open',
    file: `${STORE}/open-files.ts`,
    find: `for (const { path } of idle.slice(0, -LIMITS.idleFiles)) this.retire(path)`,
    replace: `for (const { path } of idle.slice(0, 0)) this.retire(path)`,
    test: ACTS,
  },
  {
    row: 'A21',
    guard: 'takes no resume file whose checksum is wrong',
    file: `${STORE}/resume-file.ts`,
    find: `if (!equalBytes(hash.sha256(bytes.subarray(0, length)), bytes.subarray(length))) return null`,
    replace: ``,
    test: RESUME,
  },
  {
    row: 'A21',
    guard: 'takes no resume file of another torrent',
    file: `${STORE}/resume-file.ts`,
    find: `if (!equalBytes(bytes.subarray(20, 72), identityOf(subject.infoHashes))) return null`,
    replace: ``,
    test: RESUME,
  },
  {
    row: 'A21',
    guard: 'takes no block beyond the end of the torrent',
    file: `${STORE}/block-set.ts`,
    find: `if (count === 0 || highest >= capacity) return null`,
    replace: `if (count === 0) return null`,
    test: `${STORE}/block-set.test.ts`,
  },
  {
    row: 'F4',
    guard: 'reads no kept info dictionary longer than any metainfo',
    file: 'packages/base/src/whole-file.ts',
    find: `facts.size > maxBytes`,
    replace: `facts.size > 100 * maxBytes`,
    test: `${STORE}/info-file.test.ts`,
  },
  {
    row: 'A1',
    guard: 'plays on from memory what the disk refuses',
    file: `${SRC}/verify/verified-store.ts`,
    find: 'if (!(error instanceof DiskError)) throw error',
    replace: 'throw error',
    test: 'packages/engine/test/refusing-disk.sim.test.ts',
  },
  {
    row: 'A8',
    guard: 'gives up the oldest piece when memory has no room',
    file: `${SRC}/verify/verified-store.ts`,
    find: 'if (excess !== null) this.#onForgotten(excess)',
    replace: '',
    test: 'packages/engine/test/refusing-disk.sim.test.ts',
  },
]
