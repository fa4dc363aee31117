import type { Mutant } from '../../tools/mutant.ts'

const SRC = 'packages/engine/src'
const CORRUPT_TEST = 'packages/engine/test/corrupt.sim.test.ts'
const MAGNET_TEST = 'packages/engine/test/magnet.sim.test.ts'
const HASHES_TEST = 'packages/engine/test/hashes.sim.test.ts'
const FALSE_HASHES_TEST = 'packages/engine/test/false-hashes.sim.test.ts'
const CONFLICT_TEST = 'packages/engine/test/conflict.sim.test.ts'
const NAMES_TEST = 'packages/engine/test/names.sim.test.ts'
const DISCOVERY_TEST = 'packages/engine/test/discovery.sim.test.ts'

const BANS_FOR_METADATA = {
  file: `${SRC}/torrent-run.ts`,
  find: "this.#banPeer(peer, 'bad metadata')",
  replace: '',
} as const

/** Guards against false bytes, hashes, metadata and names, switched off one by one. */
export const VERIFY_MUTANTS: readonly Mutant[] = [
  {
    row: 'P1',
    guard: 'compares a block with its leaf',
    file: `${SRC}/verify/verifier.ts`,
    find: 'if (equalBytes(this.#hash.sha256(sent.bytes), leaf)) {',
    replace: 'if (leaf) {',
    test: CORRUPT_TEST,
  },
  {
    row: 'P1',
    guard: 'compares blocks that came before their leaves',
    file: `${SRC}/verify/verifier.ts`,
    find: `      if (equalBytes(this.#hash.sha256(sent.bytes), leaf))
`,
    replace: `      if (leaf)
`,
    test: CORRUPT_TEST,
  },
  {
    row: 'P1',
    guard: 'compares a piece of v1 with its SHA-1',
    file: `${SRC}/verify/piece-hash.ts`,
    find: "return equalBytes(running.finish(), expected) ? 'right' : 'wrong'",
    replace: "return 'right'",
    test: CORRUPT_TEST,
  },
  {
    row: 'P1',
    guard: 'compares a piece of v2 with the piece layer where leaves are missing',
    file: `${SRC}/verify/piece-hash.ts`,
    find: 'return equalBytes(pieceRoot(metainfo, hash, piece, blocks), layerHash)',
    replace: 'return pieceRoot(metainfo, hash, piece, blocks)',
    test: CORRUPT_TEST,
  },
  {
    row: 'P1',
    guard: 'bans who sent wrong data',
    file: `${SRC}/live-torrent.ts`,
    find: "onCulprit: (id) => host.ban(id, 'sent wrong data')",
    replace: 'onCulprit: () => {}',
    test: CORRUPT_TEST,
  },
  {
    row: 'P1',
    guard: 'blames only those whose bytes were others than the right ones',
    file: `${SRC}/verify/parole.ts`,
    find: 'if (version.bytes === bytes) digests.set(block, version.digest)',
    replace: 'if (false) digests.set(block, version.digest)',
    test: CORRUPT_TEST,
  },
  {
    row: 'P1',
    guard: 'asks somebody else for a block in doubt',
    file: `${SRC}/verify/verifier.ts`,
    find: 'if (this.#parole.hasSent(piece, block, from)) return false',
    replace: '',
    test: 'packages/engine/src/verify/parole.test.ts',
  },
  {
    row: 'P1',
    guard: 'leaves out whoever is outvoted',
    file: `${SRC}/verify/parole.ts`,
    find: 'if (version !== winner) for (const id of version.from) suspects.add(id)',
    replace: 'if (false) for (const id of version.from) suspects.add(id)',
    test: 'packages/engine/src/verify/parole.test.ts',
  },
  {
    row: 'P2',
    guard: 'bans each of many who sent wrong data',
    file: `${SRC}/live-torrent.ts`,
    find: "onCulprit: (id) => host.ban(id, 'sent wrong data')",
    replace: 'onCulprit: () => {}',
    test: 'packages/engine/test/crowds.sim.test.ts',
  },
  {
    row: 'P11',
    guard: 'bans who sent metadata of another torrent',
    ...BANS_FOR_METADATA,
    test: MAGNET_TEST,
  },
  {
    row: 'P12',
    guard: 'bans who sent hostile metadata',
    ...BANS_FOR_METADATA,
    test: MAGNET_TEST,
  },
  {
    row: 'P12',
    guard: 'refuses paths that lead out of their folder, also from peers',
    file: 'packages/protocol/src/metainfo/file-path.ts',
    find: "if (element === '' || element === '.' || element === '..')",
    replace: 'if (false)',
    test: MAGNET_TEST,
  },
  {
    row: 'P12',
    guard: 'refuses symbolic links, also from peers',
    file: 'packages/protocol/src/metainfo/file-list.ts',
    find: "if (attributes.includes(LINK) || entry.has('symlink path'))",
    replace: 'if (false)',
    test: MAGNET_TEST,
  },
  {
    row: 'P13',
    guard: 'closes the connection of false hashes',
    file: `${SRC}/transfer/hash-exchange.ts`,
    find: "} else peer.close('sent wrong hashes')",
    replace: '}',
    test: FALSE_HASHES_TEST,
  },
  {
    row: 'P13',
    guard: 'closes the connection of hashes that nobody asked for',
    file: `${SRC}/transfer/hash-exchange.ts`,
    find: "if (message.kind === 'hashes') peer.close('sent hashes that were not asked for')",
    replace: '',
    test: FALSE_HASHES_TEST,
  },
  {
    row: 'P13',
    guard: 'takes no hash without its way to what is known',
    file: 'packages/protocol/src/merkle/file-tree.ts',
    find: 'if (known === null || !equalBytes(known, top.node)) return false',
    replace: '',
    test: FALSE_HASHES_TEST,
  },
  {
    row: 'P13',
    guard: 'reads no disk for a request that no tree can answer',
    file: `${SRC}/verify/hash-trees.ts`,
    find: '.filter((fileIndex) => this.#tree(fileIndex)?.fits(request) === true)',
    replace: '',
    test: FALSE_HASHES_TEST,
  },
  {
    row: 'P13',
    guard: 'asks no peer again for what it has rejected',
    file: `${SRC}/transfer/hash-exchange.ts`,
    find: "asked?.set(key, 'rejected')",
    replace: '',
    test: HASHES_TEST,
  },
  {
    row: 'F1',
    guard: 'stores files under their numbers',
    file: `${SRC}/store/torrent-store.ts`,
    find: 'pathIn(folder, sections.nameOf(section))',
    replace: "pathIn(folder, metainfo.files[section]?.path.join('/') ?? '')",
    test: NAMES_TEST,
  },
  {
    row: 'F1',
    guard: 'refuses separators in names',
    file: 'packages/protocol/src/metainfo/file-path.ts',
    find: 'if (/[/\\\\\\0]/u.test(element))',
    replace: 'if (false)',
    test: NAMES_TEST,
  },
  {
    row: 'F7',
    guard: 'compares a verified piece with its v1 hash, too',
    file: `${SRC}/live-torrent.ts`,
    find: 'if (await this.#store.agreesWithV1(piece)) return',
    replace: 'return',
    test: CONFLICT_TEST,
  },
  {
    row: 'F7',
    guard: 'judges a hybrid by v2 where both hashes are known',
    file: `${SRC}/verify/piece-hash.ts`,
    find: `  if (layerHash)
`,
    replace: `  if (layerHash && metainfo.kind === 'v2')
`,
    test: CONFLICT_TEST,
  },
  {
    row: 'F7',
    guard: 'refuses halves whose files differ',
    file: 'packages/protocol/src/metainfo/metainfo-parser.ts',
    find: 'refuseConflict(info, name, v1, v2, pieceLength)',
    replace: '',
    test: CONFLICT_TEST,
  },
  {
    row: 'F8',
    guard: 'judges a hybrid by v2 where both hashes are known',
    file: `${SRC}/verify/piece-hash.ts`,
    find: `  if (layerHash)
`,
    replace: `  if (layerHash && metainfo.kind === 'v2')
`,
    test: 'packages/engine/test/collision.sim.test.ts',
  },
  {
    row: 'T3',
    guard: 'counts a refusal of a tracker as a failure',
    file: `${SRC}/discovery/announce-caller.ts`,
    find: "if (answer.kind === 'failure') throw new NetworkError('bad-answer', answer.reason)",
    replace: '',
    test: DISCOVERY_TEST,
  },
  {
    row: 'T3',
    guard: 'reads no more of an answer than LIMITS.trackerAnswerBytes',
    file: `${SRC}/discovery/announce-caller.ts`,
    find: 'maxBytes: LIMITS.trackerAnswerBytes',
    replace: 'maxBytes: 1e9',
    test: DISCOVERY_TEST,
  },
]
