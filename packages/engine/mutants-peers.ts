import type { Mutant } from '../../tools/mutant.ts'

const SRC = 'packages/engine/src'
const CROWDS_TEST = 'packages/engine/test/crowds.sim.test.ts'
const WIRE_TEST = 'packages/engine/test/wire.sim.test.ts'
const SLOW_TEST = 'packages/engine/test/slow-peers.sim.test.ts'
const UPLOAD_TEST = 'packages/engine/test/upload.sim.test.ts'
const SLOTS_TEST = 'packages/engine/test/upload-slots.sim.test.ts'
const OUTAGE_TEST = 'packages/engine/test/outage.sim.test.ts'
const STRAIN_TEST = 'packages/engine/test/strain.sim.test.ts'
const BOMBS_TEST = 'packages/engine/test/bombs.sim.test.ts'

/** What ends a connection whose bytes make no sense. */
const CLOSES_ON_NONSENSE = {
  file: `${SRC}/peer/peer.ts`,
  find: `this.#messageSinceMs ??= this.#lastBytesMs
    } catch (error) {
      this.close(messageOf(error))`,
  replace: `this.#messageSinceMs ??= this.#lastBytesMs
    } catch (error) {
      messageOf(error)`,
} as const

/** Guards against what peers send and ask, switched off one by one. */
export const PEER_MUTANTS: readonly Mutant[] = [
  {
    row: 'L1',
    guard: 'listens where it is told',
    file: `${SRC}/engine.ts`,
    find: 'network.listener.listen({ host, port }',
    replace: "network.listener.listen({ host: host && '0.0.0.0', port }",
    test: 'packages/engine/test/loopback.test.ts',
  },
  {
    row: 'P3',
    guard: 'closes the connection of a message that is too long',
    ...CLOSES_ON_NONSENSE,
    test: WIRE_TEST,
  },
  {
    row: 'P4',
    guard: 'gives a stranger ten seconds for its handshake',
    file: `${SRC}/peer/link.ts`,
    find: 'HANDSHAKE_TIMEOUT_MS = 10 * SECOND_MS',
    replace: 'HANDSHAKE_TIMEOUT_MS = 10_000 * SECOND_MS',
    test: SLOW_TEST,
  },
  {
    row: 'P4',
    guard: 'keeps at most a hundred half-open connections',
    file: `${SRC}/engine.ts`,
    find: 'this.#halfOpen.size >= MOST_HALF_OPEN',
    replace: 'this.#halfOpen.size >= 1e9',
    test: SLOW_TEST,
  },
  {
    row: 'P4',
    guard: 'gives a message two minutes',
    file: `${SRC}/peer/peer.ts`,
    find: 'MESSAGE_TIMEOUT_MS = 2 * MINUTE_MS',
    replace: 'MESSAGE_TIMEOUT_MS = 2000 * MINUTE_MS',
    test: SLOW_TEST,
  },
  {
    row: 'P4',
    guard: 'counts from the first byte of a message, not from the last one that came',
    file: `${SRC}/peer/peer.ts`,
    find: 'this.#messageSinceMs ??= this.#lastBytesMs',
    replace: 'this.#messageSinceMs = this.#lastBytesMs',
    test: SLOW_TEST,
  },
  {
    row: 'P5',
    guard: 'counts no copy that is owed by somebody who is late with it',
    file: `${SRC}/pick/scheduler.ts`,
    find: 'if (!slot.estimate.isLate) heard++',
    replace: 'heard++',
    test: CROWDS_TEST,
  },
  {
    row: 'P5',
    guard: 'asks somebody else for what readers wait for and a silent one owes',
    file: `${SRC}/pick/scheduler.ts`,
    find: 'this.#hedge(goal, () => readyMs)',
    replace: '',
    test: 'packages/engine/test/crowd-start.sim.test.ts',
  },
  {
    row: 'P6',
    guard: 'closes the connection of a peer that lies about its pieces',
    ...CLOSES_ON_NONSENSE,
    test: WIRE_TEST,
  },
  {
    row: 'P6',
    guard: 'lets nobody take back pieces',
    file: `${SRC}/peer/remote-pieces.ts`,
    find: 'if (before.has(piece) && !pieces.has(piece)) throw takenBack()',
    replace: 'if (false) throw takenBack()',
    test: WIRE_TEST,
  },
  {
    row: 'P6',
    guard: 'judges what was said before the metadata came',
    file: `${SRC}/peer/peer.ts`,
    find: 'this.pieces.judge(pieceCount)',
    replace: '',
    test: WIRE_TEST,
  },
  {
    row: 'P7',
    guard: 'keeps at most so many requests of a peer waiting',
    file: `${SRC}/upload/upload-queue.ts`,
    find: "if (world.waiting >= MOST_WAITING_REQUESTS) return { kind: 'queue-full' }",
    replace: '',
    test: CROWDS_TEST,
  },
  {
    row: 'P7',
    guard: 'reads nothing for a peer whose socket is full',
    file: `${SRC}/upload/uploader.ts`,
    find: 'peer.bufferedBytes < BUFFER_BYTES',
    replace: 'true',
    test: CROWDS_TEST,
  },
  {
    row: 'P8',
    guard: 'serves nothing behind the end of a piece',
    file: `${SRC}/upload/upload-queue.ts`,
    find: "if (end > allowed.end) return { kind: 'out-of-range' }",
    replace: '',
    test: UPLOAD_TEST,
  },
  {
    row: 'P8',
    guard: 'serves nothing longer than LIMITS.requestBytes',
    file: `${SRC}/upload/upload-queue.ts`,
    find: "if (request.length > LIMITS.requestBytes) return { kind: 'too-long' }",
    replace: '',
    test: UPLOAD_TEST,
  },
  {
    row: 'P8',
    guard: 'serves no request of no length',
    file: `${SRC}/upload/upload-queue.ts`,
    find: 'request.length === 0 ||',
    replace: '',
    test: UPLOAD_TEST,
  },
  {
    row: 'P8',
    guard: 'serves no piece that is not here',
    file: `${SRC}/upload/upload-queue.ts`,
    find: "if (!world.has(request.piece)) return { kind: 'not-here' }",
    replace: '',
    test: UPLOAD_TEST,
  },
  {
    row: 'P8',
    guard: 'serves nobody that it chokes',
    file: `${SRC}/upload/upload-queue.ts`,
    find: "if (world.isChoked) return { kind: 'choked' }",
    replace: '',
    test: UPLOAD_TEST,
  },
  {
    row: 'P8',
    guard: 'closes after fifty refusals',
    file: `${SRC}/upload/uploader.ts`,
    find: 'if (peer.refusals > MOST_REFUSALS)',
    replace: 'if (peer.refusals > 1e9)',
    test: UPLOAD_TEST,
  },
  {
    row: 'P9',
    guard: 'gives everybody who waits a block in turn',
    file: `${SRC}/upload/uploader.ts`,
    find: 'for (const peer of this.#line)',
    replace: 'for (const peer of [...this.#line].sort((a, b) => a.id - b.id))',
    test: SLOTS_TEST,
  },
  {
    row: 'P9',
    guard: 'sends no more than the limit',
    file: `${SRC}/upload/uploader.ts`,
    find: 'if (!this.#maySend()) return',
    replace: '',
    test: SLOTS_TEST,
  },
  {
    row: 'P18',
    guard: 'closes a peer that talks without end',
    file: `${SRC}/peer/peer.ts`,
    find: "this.close('too many messages')",
    replace: '',
    test: CROWDS_TEST,
  },
  {
    row: 'P10',
    guard: 'closes the connection of a bomb',
    ...CLOSES_ON_NONSENSE,
    test: BOMBS_TEST,
  },
  {
    row: 'P10',
    guard: 'reads no values nested deeper than LIMITS.bencodeDepth',
    file: 'packages/base/src/limits.ts',
    find: 'bencodeDepth: 100,',
    replace: 'bencodeDepth: 1_000_000,',
    test: BOMBS_TEST,
  },
  {
    row: 'P10',
    guard: 'reads no extension message of a thousand values',
    file: 'packages/protocol/src/wire/extension-message.ts',
    find: 'EXTENSION_TOKENS = 1000',
    replace: 'EXTENSION_TOKENS = 10_000_000',
    test: BOMBS_TEST,
  },
  {
    row: 'P11',
    guard: 'closes the connection of a metadata message that makes no sense',
    ...CLOSES_ON_NONSENSE,
    test: BOMBS_TEST,
  },
  {
    row: 'A19',
    guard: 'asks for as much as the round trip holds',
    file: `${SRC}/pick/pace.ts`,
    find: '2 * this.#delivered + firstBlocks)',
    replace: '1)',
    test: STRAIN_TEST,
  },
  {
    row: 'A20',
    guard: 'takes silence for the end of a connection after minutes only',
    file: `${SRC}/peer/peer.ts`,
    find: 'SILENCE_TIMEOUT_MS = 3 * MINUTE_MS',
    replace: 'SILENCE_TIMEOUT_MS = 15 * SECOND_MS',
    test: STRAIN_TEST,
  },
  {
    row: 'A24',
    guard: 'takes back what a reader that left had asked for',
    file: `${SRC}/stream/file-reader.ts`,
    find: "this.#signal.addEventListener('abort', () => this.#leave(), { once: true })",
    replace: '',
    test: STRAIN_TEST,
  },
  {
    row: 'A9',
    guard: 'asks for nothing while much waits for the disk',
    file: `${SRC}/transfer/downloader.ts`,
    find: `isIdle || this.#host.isBackedUp()`,
    replace: `isIdle`,
    test: 'packages/engine/test/memory.sim.test.ts',
  },
  {
    row: 'A14',
    guard: 'lets go of connections that a new address has stranded',
    file: `${SRC}/swarm/swarm.ts`,
    find: 'if (isAwaited) this.#endSilence()',
    replace: '',
    test: OUTAGE_TEST,
  },
  {
    row: 'A15',
    guard: 'tries those who answered before again at once',
    file: `${SRC}/swarm/candidates.ts`,
    find: 'const ANSWERED_WAIT_MS = SECOND_MS',
    replace: 'const ANSWERED_WAIT_MS = 60 * SECOND_MS',
    test: OUTAGE_TEST,
  },
  {
    row: 'A16',
    guard: 'measures time by the clock that nobody sets',
    file: `${SRC}/torrent.ts`,
    find: 'const nowMs = clock.nowMs()',
    replace: 'const nowMs = clock.wallMs()',
    test: OUTAGE_TEST,
  },
]
