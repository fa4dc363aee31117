import type { Mutant } from '../../tools/mutant.ts'

const SRC = 'packages/engine/src'
const CUT = 'packages/engine/test/power-cut.sim.test.ts'

/** Guards that whole viewings on failing disks and networks see missing. */
export const WHOLE_MUTANTS: readonly Mutant[] = [
  {
    row: 'A1',
    guard: 'asks the disk for nothing that only memory has',
    file: `${SRC}/verify/verified-store.ts`,
    find: 'bytes.set(await this.#store.read(gap), gap.start - span.start)',
    replace: 'bytes.set(await this.#store.read(span), 0 * gap.start)',
    test: 'packages/engine/test/half-saved.sim.test.ts',
  },
  {
    row: 'A2',
    guard: 'keeps what was verified soon, whoever watches',
    file: `${SRC}/store/checkpointer.ts`,
    find: `const EVERY_MS = 5 * SECOND_MS`,
    replace: `const EVERY_MS = 50 * SECOND_MS`,
    test: CUT,
  },
  {
    row: 'A2',
    guard: 'leaves no state of a clean end half written',
    file: 'packages/base/src/whole-file.ts',
    find: `    await file.sync()\n`,
    replace: `\n`,
    test: CUT,
  },
  {
    row: 'A7',
    guard: 'asks peers for metadata that the disk does not give',
    file: `${SRC}/store/info-file.ts`,
    find: `throw error
    return null`,
    replace: `throw error
    throw error`,
    test: 'packages/engine/test/refusing-disk.sim.test.ts',
  },
  {
    row: 'P10',
    guard: 'lets nothing that a peer says be thrown past its connection',
    file: `${SRC}/peer/peer.ts`,
    find: `this.#messageSinceMs ??= this.#lastBytesMs
    } catch (error) {
      this.close(messageOf(error))`,
    replace: `this.#messageSinceMs ??= this.#lastBytesMs
    } catch (error) {
      throw error`,
    test: 'packages/engine/test/fuzz.test.ts',
  },
  {
    row: 'A23',
    guard: 'says since when a block has been waited for',
    file: `${SRC}/diagnosis.ts`,
    find: 'waitingMs: nowMs - sentMs',
    replace: 'waitingMs: nowMs - nowMs',
    test: 'packages/engine/test/diagnosis.sim.test.ts',
  },
]
