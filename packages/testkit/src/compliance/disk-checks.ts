import { test } from 'node:test'
import assert from 'node:assert/strict'
import {
  DiskError,
  GIB,
  utf8Bytes,
  type Disk,
  type DiskErrorCode,
  type DiskFile,
} from '@matinee/base'

/** A disk and an existing, empty folder on it (absolute) in which the checks may do what they like. */
export interface DiskPlace {
  readonly disk: Disk
  readonly folder: string
  readonly dispose: () => Promise<void>
}

/**
 * The contract of {@link Disk} as tests: call it at the top of a test file of each implementation.
 *
 * @param name stands before every test's name
 */
export function checkDisks(name: string, openPlace: () => Promise<DiskPlace>): void {
  const check = (sentence: string, run: (place: DiskPlace) => Promise<void>): void => {
    test(`${name}: ${sentence}`, async () => {
      const place = await openPlace()
      try {
        await run(place)
      } finally {
        await place.dispose()
      }
    })
  }

  check(
    'what is not there is an answer, except to who wants to read it',
    async ({ disk, folder }) => {
      const path = `${folder}/none`
      assert.equal(await disk.facts(path), null)
      assert.deepEqual(await disk.list(path), [])
      await disk.remove(path)
      await refused(disk.open(path, 'read'), 'not-found')
      await refused(disk.rename(path, `${folder}/other`), 'not-found')
      await refused(disk.open(`${folder}/no/folder`, 'write'), 'not-found')
    },
  )

  check(
    'a file is made by opening it for writing, and opening it again keeps it',
    async (place) => {
      const { disk, folder } = place
      await put(disk, `${folder}/a`, 'abc')
      const file = await disk.open(`${folder}/a`, 'write')
      await file.write(1, [utf8Bytes('X')])
      assert.equal(await textOf(file), 'aXc')
      await file.close()
      const facts = await disk.facts(`${folder}/a`)
      assert.equal(facts?.size, 3)
      assert.ok(Number.isFinite(facts.modifiedMs))
    },
  )

  check('chunks are written one after another, however many and however empty', async (place) => {
    const { disk, folder } = place
    const file = await disk.open(`${folder}/a`, 'write')
    // More than the 1024 buffers that one system call takes.
    const chunks = Array.from({ length: 3000 }, (_, i) =>
      utf8Bytes(i % 7 === 0 ? '' : String(i % 10)),
    )
    await file.write(5, chunks)
    await file.write(0, [])
    const want = chunks.map((chunk) => new TextDecoder().decode(chunk)).join('')
    assert.equal(await textOf(file), `\0\0\0\0\0${want}`)
    await file.close()
  })

  check(
    'reading ends at the end of the file and leaves the rest of the array alone',
    async (place) => {
      const { disk, folder } = place
      await put(disk, `${folder}/a`, 'abcdef')
      const file = await disk.open(`${folder}/a`, 'read')
      const into = new Uint8Array(4).fill(9)
      assert.equal(await file.read(4, into), 2)
      assert.deepEqual([...into], [101, 102, 9, 9])
      assert.equal(await file.read(6, into), 0)
      assert.equal(await file.read(1000, into), 0)
      await refused(file.write(0, [utf8Bytes('x')]))
      await file.close()
    },
  )

  check(
    'a file grows over holes that read as zeros, also beyond 4 GiB',
    async ({ disk, folder }) => {
      const file = await disk.open(`${folder}/film`, 'write')
      await file.write(5 * GIB, [utf8Bytes('end')])
      assert.equal(await file.size(), 5 * GIB + 3)
      const into = new Uint8Array(5).fill(9)
      assert.equal(await file.read(5 * GIB - 2, into), 5)
      assert.deepEqual([...into], [0, 0, 101, 110, 100])
      await file.close()
    },
  )

  check(
    'what is cut off does not come back when the file grows again',
    async ({ disk, folder }) => {
      const file = await disk.open(`${folder}/a`, 'write')
      await file.write(0, [utf8Bytes('abcdef')])
      await file.truncate(2)
      assert.equal(await file.size(), 2)
      await file.truncate(4)
      assert.equal(await textOf(file), 'ab\0\0')
      await file.close()
    },
  )

  check('two who have a file open see the same bytes', async ({ disk, folder }) => {
    const [one, two] = [
      await disk.open(`${folder}/a`, 'write'),
      await disk.open(`${folder}/a`, 'write'),
    ]
    await one.write(0, [utf8Bytes('abc')])
    await two.write(1, [utf8Bytes('-')])
    assert.equal(await textOf(one), 'a-c')
    await one.close()
    await two.close()
  })

  check('calls at the same time are all done', async ({ disk, folder }) => {
    const file = await disk.open(`${folder}/a`, 'write')
    await Promise.all(
      Array.from({ length: 50 }, (_, i) => file.write(i, [utf8Bytes(String(i % 10))])),
    )
    assert.equal(await textOf(file), '0123456789'.repeat(5))
    await file.close()
  })

  check('renaming replaces, and who has the old file open keeps it', async ({ disk, folder }) => {
    await put(disk, `${folder}/a`, 'old')
    await put(disk, `${folder}/b`, 'new')
    const file = await disk.open(`${folder}/a`, 'read')
    await disk.rename(`${folder}/b`, `${folder}/a`)
    await disk.syncFolder(folder)
    assert.equal(await textOf(file), 'old')
    await file.close()
    const after = await disk.open(`${folder}/a`, 'read')
    assert.equal(await textOf(after), 'new')
    await after.close()
    assert.deepEqual(await disk.list(folder), ['a'])
  })

  check(
    'a removed file is gone by name, and readable for who has it open',
    async ({ disk, folder }) => {
      await put(disk, `${folder}/a`, 'abc')
      const file = await disk.open(`${folder}/a`, 'read')
      await disk.remove(`${folder}/a`)
      assert.equal(await disk.facts(`${folder}/a`), null)
      assert.equal(await textOf(file), 'abc')
      await file.close()
    },
  )

  check('folders are made with their parents, and again without harm', async ({ disk, folder }) => {
    await disk.makeFolder(`${folder}/x/y/z`)
    await disk.makeFolder(`${folder}/x/y/z`)
    await put(disk, `${folder}/x/y/a`, 'abc')
    assert.deepEqual((await disk.list(`${folder}/x/y`)).toSorted(), ['a', 'z'])
    await disk.syncFolder(`${folder}/x/y`)
    await refused(disk.makeFolder(`${folder}/x/y/a`), 'exists')
  })

  check(
    'syncing a file and truncating it to nothing work at any time',
    async ({ disk, folder }) => {
      const file = await disk.open(`${folder}/a`, 'write')
      await file.sync()
      await file.write(0, [utf8Bytes('abc')])
      await file.sync()
      await file.truncate(0)
      await file.sync()
      assert.equal(await file.size(), 0)
      await file.close()
    },
  )
}

async function put(disk: Disk, path: string, text: string): Promise<void> {
  const file = await disk.open(path, 'write')
  await file.write(0, [utf8Bytes(text)])
  await file.close()
}

async function textOf(file: DiskFile): Promise<string> {
  const into = new Uint8Array(await file.size())
  assert.equal(await file.read(0, into), into.length)
  return new TextDecoder().decode(into)
}

async function refused(act: Promise<unknown>, code?: DiskErrorCode): Promise<void> {
  await assert.rejects(act, (error: unknown) => {
    assert.ok(error instanceof DiskError, `${String(error)} is a DiskError`)
    if (code !== undefined) assert.equal(error.code, code)
    return true
  })
}
