import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { KIB } from '@matinee/base'
import { FakeDisk, SeededRandom } from '@matinee/testkit'
import { FOLDER, openStore, writeBlocks } from '../../test/store-acts.ts'
import { assertClaimsRight } from '../../test/store-lives.ts'
import { makeStoredTorrent } from '../../test/stored-torrent.ts'
import { Sections } from './sections.ts'

const made = makeStoredTorrent({ kind: 'v1', files: [300_000, 0, 70_000, 65_536] })

test('the sections of a span cover what of it is in files, each byte once and in order', () => {
  const { layout } = made.metainfo
  fc.assert(
    fc.property(
      fc.constantFrom(16 * KIB, 64 * KIB, Number.POSITIVE_INFINITY),
      fc.tuple(fc.nat(layout.length), fc.nat(layout.length)),
      (sectionBytes, [a, b]) => {
        const sections = new Sections(layout, sectionBytes)
        const span = { start: Math.min(a, b), end: Math.max(a, b) }
        let at = -1
        let bytes = 0
        for (const part of sections.partsIn(span)) {
          const own = sections.spanOf(part.section)
          assert.ok(part.span.start >= at && part.span.end > part.span.start)
          assert.equal(part.span.start - own.start, part.sectionSpan.start)
          assert.ok(part.sectionSpan.end <= sectionBytes && part.span.end <= own.end)
          assert.equal(layout.fileAt(part.span.start), sections.fileOf(part.section))
          at = part.span.end
          bytes += part.span.end - part.span.start
        }
        const inFiles = layout.filesIn(span).reduce((sum, p) => sum + p.span.end - p.span.start, 0)
        assert.equal(bytes, inFiles)
      },
    ),
  )
})

test('a file has its index for a name, and further sections their number behind it', () => {
  const sections = new Sections(made.metainfo.layout, 128 * KIB)
  const names = Array.from({ length: sections.count }, (_, section) => sections.nameOf(section))
  assert.deepEqual(names, ['0', '0.1', '0.2', '1', '2', '3'])
})

test('A5: a section that is given back frees its room, and only its blocks have to be fetched again', async () => {
  const disk = new FakeDisk()
  await disk.makeFolder('/engine')
  const sectionBytes = 64 * KIB
  const store = await openStore(made, disk, { sectionBytes })
  await writeBlocks(store, made, made.blocks)
  await store.checkpoint()
  const before = disk.usedBytes
  await store.release(1)
  assert.ok(!disk.paths.includes(`${FOLDER}/0.1`))
  assert.ok(before - disk.usedBytes >= sectionBytes, `${before} to ${disk.usedBytes}`)
  await store.close()
  assert.equal(disk.openFiles, 0)
  const again = await openStore(made, disk, { sectionBytes })
  assert.ok(again.trusted)
  const gone = again.sections.spanOf(1)
  for (const block of made.blocks) {
    const span = made.blockSpan(block)
    assert.ok(span)
    const isGone = span.start < gone.end && gone.start < span.end
    assert.equal(again.claimed.has(block), !isGone, `block ${block}`)
  }
  await writeBlocks(again, made, made.blocks)
  assert.deepEqual(await again.read(gone), made.bytesOf(gone))
  await again.close()
})

test('a write that comes while its section goes is there afterwards', async () => {
  const disk = new FakeDisk()
  await disk.makeFolder('/engine')
  await using store = await openStore(made, disk, { sectionBytes: 64 * KIB })
  await writeBlocks(store, made, made.blocks)
  await store.checkpoint()
  const { start, end } = store.sections.spanOf(0)
  const releasing = store.release(0)
  // Two turns later the removal has begun.
  await Promise.resolve().then(() => {})
  const span = { start, end: Math.min(end, start + 16 * KIB) }
  await Promise.all([releasing, store.write(start, made.bytesOf(span))])
  assert.deepEqual(await store.read(span), made.bytesOf(span))
})

test('after another cut of the files nothing of before counts', async () => {
  const disk = new FakeDisk()
  await disk.makeFolder('/engine')
  const store = await openStore(made, disk, { sectionBytes: 64 * KIB })
  await writeBlocks(store, made, made.blocks)
  await store.close()
  await using again = await openStore(made, disk, { sectionBytes: 128 * KIB })
  assert.equal(again.claimed.count, 0)
})

test('files that are seeded in place are never removed', async () => {
  const disk = new FakeDisk()
  const filesFrom = made.files.map((bytes, i) => {
    disk.poke(`/own/${i}`, 0, bytes)
    return `/own/${i}`
  })
  await using store = await openStore(made, disk, { filesFrom })
  await assert.rejects(store.release(0), { name: 'StoreError', code: 'in-place' })
})

test('A2: after a power cut nothing of a section that was given back is claimed, also when it was begun anew', async () => {
  for (let seed = 0; seed < 20; seed++) {
    const random = new SeededRandom(`section/${seed}`)
    const disk = new FakeDisk()
    await disk.makeFolder('/engine')
    const store = await openStore(made, disk, { sectionBytes: 64 * KIB })
    const { start, end } = store.sections.spanOf(1)
    const own = made.blocks.filter((block) => {
      const span = made.blockSpan(block)
      return span !== null && start <= span.start && span.end <= end
    })
    const last = own.pop()
    assert.ok(last !== undefined && own.length > 0)
    await writeBlocks(store, made, own)
    await store.checkpoint()
    await store.release(1)
    // At the end of the section: all before it is a hole.
    const span = made.blockSpan(last)
    assert.ok(span)
    await store.write(span.start, made.bytesOf(span))
    const after = await openStore(made, disk.crash(random), { sectionBytes: 64 * KIB })
    await assertClaimsRight(made, after, `seed ${seed}`)
  }
})
