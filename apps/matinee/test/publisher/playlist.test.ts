import assert from 'node:assert/strict'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { readOfferedList } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import {
  begin,
  bookRecords,
  feed,
  inTemporaryFolder,
  plainly,
  putWorks,
  release,
  well,
} from './publisher-stage.ts'

const PASSPHRASE = 'a passphrase of the list’s curator'

/** A published feed, a curator's key, and where a list may lie. */
interface Desk {
  readonly folder: string
  readonly publisher: string
  readonly fingerprint: string
  readonly key: string
  readonly file: string
}

async function atDesk(run: (desk: Desk) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const publisher = join(folder, 'publisher')
    const fingerprint = await begin(publisher)
    await putWorks(publisher, bookRecords().slice(0, 5))
    await release(publisher)
    const key = join(folder, 'curator.key.json')
    await well(['key', '--new', 'nights', '--out', key], PASSPHRASE)
    await run({ folder, publisher, fingerprint, key, file: join(folder, 'nights.json') })
  })
}

async function listIn(file: string) {
  const read = readOfferedList(new Uint8Array(await readFile(file)), systemFeedCrypto())
  assert.ok(read.kind === 'list', JSON.stringify(read))
  return read
}

function make({ file, publisher, key }: Desk, works: readonly string[]): readonly string[] {
  const words = ['--title', 'Nights on water', '--by', 'Ada Reuss', '--note', 'Six nights.']
  return ['playlist', 'make', file, ...works, '--from', publisher, ...words, '--key', key]
}

test('a list is made of ids and titles, with notes, and signed with a higher serial at each change', async () => {
  await atDesk(async (desk) => {
    const { file, folder, publisher, key, fingerprint } = desk
    const [one, two, three, four] = bookRecords()
    assert.ok(one !== undefined && two !== undefined && three !== undefined && four !== undefined)
    const text = join(folder, 'works.txt')
    await writeFile(text, `# for winter\n\n${two.id} | Wait for the last reel.\n`)
    const title = one.title.text.toUpperCase()
    const { out } = await well([...make(desk, [title]), '--works', text], PASSPHRASE)
    assert.match(out, /serial {3}1, of/u)
    const { list, key: signer } = await listIn(file)
    assert.equal(list.id, 'nights-on-water')
    assert.equal(list.curator, 'Ada Reuss')
    assert.deepEqual(list.works, [
      { feed: fingerprint, work: one.id, notes: {} },
      { feed: fingerprint, work: two.id, notes: { en: 'Wait for the last reel.' } },
    ])
    assert.match(out.replaceAll(/\s/gu, ''), new RegExp(signer, 'u'))

    const older = join(folder, 'older.json')
    await copyFile(file, older)
    const changes: readonly (readonly string[])[] = [
      ['add', file, three.id, one.id, '--from', publisher, '--note', 'Begin here.'],
      ['remove', file, two.id],
      ['change', file, '--title', 'Nuits sur l’eau', '--language', 'fr'],
      ['change', file, '--by', 'Ada R.', '--mirror', 'https://ada.example/nights.json'],
    ]
    for (const change of changes) await well(['playlist', ...change, '--key', key], PASSPHRASE)
    const after = (await listIn(file)).list
    assert.equal(after.serial, 5)
    assert.equal(after.curator, 'Ada R.')
    assert.deepEqual(after.mirrors, ['https://ada.example/nights.json'])
    assert.deepEqual(Object.keys(after.translations), ['en', 'fr'])
    assert.deepEqual(after.works, [
      { feed: fingerprint, work: one.id, notes: { en: 'Begin here.' } },
      { feed: fingerprint, work: three.id, notes: { en: 'Begin here.' } },
    ])

    const shown = await plainly(['playlist', 'show', file, '--from', publisher])
    assert.match(shown.out, new RegExp(`${three.id}  ${three.title.text}`, 'u'))
    await plainly(['playlist', 'verify', file, '--after', older])
    const back = await feed(['playlist', 'verify', older, '--after', file], null)
    assert.match(back.err, /older than the one that is known \(rollback\)/u)
  })
})

test('a list that readers would refuse, works that nobody has, and words that two titles have, are refused before a passphrase is asked', async () => {
  await atDesk(async (desk) => {
    const { file, publisher, key } = desk
    const [one] = bookRecords()
    assert.ok(one !== undefined)
    const refused = async (args: readonly string[], why: RegExp): Promise<void> => {
      const { code, err } = await feed(args, null)
      assert.equal(code, 2, err)
      assert.match(err, why)
    }
    await refused(make(desk, ['no such film']), /no work is called "no such film"/u)
    await refused(make(desk, ['e']), /"e" may be .+ name the id/u)
    await refused([...make(desk, [one.id]), '--note', 'x'.repeat(501)], /note has more than 500/u)
    await refused(make(desk, [one.id, one.id]), /\/works\/1 stands here a second time/u)
    await refused(make(desk, []), /the works are missing/u)
    await refused(
      ['playlist', 'make', file, one.id, '--from', publisher, '--title', 'T', '--by', 'A'],
      /--key FILE is missing/u,
    )
    await refused([...make(desk, [one.id]), '--mirror', 'http://a.example/'], /mirrors/u)
    await refused(['playlist', 'show', file], /there is no list/u)
    await refused(['playlist', 'make', file, one.id, '--key', key], /--title is missing/u)
    await refused(['playlist', 'sing', file], /one of make, add/u)
  })
})

test('C15: a list is signed by its own key for ever, and one that was altered is read by no command', async () => {
  await atDesk(async (desk) => {
    const { file, folder, publisher } = desk
    const [one, two] = bookRecords()
    assert.ok(one !== undefined && two !== undefined)
    await well(make(desk, [one.id]), PASSPHRASE)
    const before = await readFile(file)
    const other = join(folder, 'other.key.json')
    await well(['key', '--new', 'other', '--out', other], PASSPHRASE)
    const add = ['playlist', 'add', file, two.id, '--from', publisher, '--key', other]
    const refused = await feed(add, PASSPHRASE)
    assert.match(refused.err, /by another one it would be another list/u)
    const change = ['playlist', 'change', file, '--by', 'Bea', '--key', desk.key]
    assert.match((await feed(change, 'not that passphrase')).err, /isn't the passphrase/u)
    assert.deepEqual(await readFile(file), before)

    const key = (await listIn(file)).key
    await plainly(['playlist', 'verify', file, '--signed-by', key])
    const stranger = ['playlist', 'verify', file, '--signed-by', '0'.repeat(64)]
    assert.match((await feed(stranger, null)).err, /fingerprint/u)
    const text = before
      .toString()
      .replace(/"signature":"./u, (found) =>
        found.endsWith('0') ? `${found.slice(0, -1)}1` : `${found.slice(0, -1)}0`,
      )
    await writeFile(file, text)
    assert.match(
      (await feed(['playlist', 'show', file], null)).err,
      /is no list that readers take/u,
    )
  })
})
