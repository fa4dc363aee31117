import assert from 'node:assert/strict'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { FeedViewer } from './feed-viewer.ts'
import {
  begin,
  bookRecords,
  feed,
  inTemporaryFolder,
  plainly,
  putWorks,
  recordOf,
  release,
  well,
} from './publisher-stage.ts'

test('C14: a withdrawn work is gone with the next version, and back when the publisher takes that back', async () => {
  await inTemporaryFolder(async (folder) => {
    const dir = join(folder, 'publisher')
    const fingerprint = await begin(dir)
    const records = bookRecords().slice(0, 3)
    const [gone = '', ...others] = records.map(({ id }) => String(id)).toSorted()
    await putWorks(dir, records)
    await release(dir)
    using viewer = new FeedViewer(join(dir, 'feed'), fingerprint, folder)
    assert.deepEqual(await viewer.refresh(), [gone, ...others])
    const note = ['--note', 'the music was not cleared']
    await plainly(['revoke', dir, gone, '--effect', 'blocked', '--reason', 'notice', ...note])
    assert.deepEqual(
      await viewer.refresh(),
      [gone, ...others],
      'nobody hears of it before it is published',
    )
    await release(dir)
    assert.deepEqual(await viewer.refresh(), others)
    const { out } = await plainly(['list', dir])
    assert.match(out, /nowhere: withdrawn on \d{4}-\d\d-\d\d \(blocked, notice\)/u)

    // A publisher whose file was lost doesn't lift it by forgetting it.
    await cp(join(dir, 'revocations.json'), join(folder, 'kept.json'))
    await rm(join(dir, 'revocations.json'))
    await release(dir)
    assert.deepEqual(await viewer.refresh(), others)
    await cp(join(folder, 'kept.json'), join(dir, 'revocations.json'))

    await plainly(['reinstate', dir, gone, '--reason', 'notice'])
    await release(dir)
    assert.deepEqual(await viewer.refresh(), [gone, ...others])
  })
})

test('C13: a curator brings works of their own name space, and no others, into the feed', async () => {
  await inTemporaryFolder(async (folder) => {
    const dir = join(folder, 'publisher')
    const theirs = join(folder, 'curator')
    const fingerprint = await begin(dir)
    const [own, alps, stray] = bookRecords()
    assert.ok(own !== undefined && alps !== undefined && stray !== undefined)
    await putWorks(dir, [own])
    const { out } = await well(
      ['init', theirs, '--curator', 'alps', '--json'],
      'a passphrase of the curator',
    )
    const { key } = JSON.parse(out) as { readonly key: string }
    await putWorks(theirs, [recordOf({ ...alps, id: 'alps-one' }), stray])
    await plainly(['curator', 'add', dir, 'alps', key, '--path', 'works/alps-*'])
    await release(theirs, 'a passphrase of the curator')
    const taken = await plainly(['curator', 'take', dir, 'alps', theirs])
    assert.match(taken.out, /^taken in: version 1 of alps, 1 works$/mu)
    assert.match(taken.out, new RegExp(`left out by readers: works/${stray.id} is outside`, 'u'))
    await release(dir)
    using viewer = new FeedViewer(join(dir, 'feed'), fingerprint, folder)
    assert.deepEqual(await viewer.refresh(), ['alps-one', own.id].toSorted())

    // The same again is no news; what somebody else signed is refused; nothing of that changes the feed.
    const again = await feed(['curator', 'take', dir, 'alps', theirs], null)
    assert.match(again.err, /version 1 of alps is no newer than 1/u)
    const forged = join(folder, 'forger')
    await well(['init', forged, '--curator', 'alps'], 'a passphrase of a forger')
    await putWorks(forged, [recordOf({ ...alps, id: 'alps-two' })])
    await release(forged, 'a passphrase of a forger')
    const refused = await feed(['curator', 'take', dir, 'alps', forged], null)
    assert.deepEqual([refused.code, /signed by 0 of 1 keys/u.test(refused.err)], [1, true])

    // The publisher withdraws a curator's work; the curator's next version comes through; then they are named no longer.
    await plainly(['revoke', dir, 'alps-one', '--effect', 'unshared', '--reason', 'licence'])
    await putWorks(theirs, [recordOf({ ...alps, id: 'alps-three' })])
    await release(theirs, 'a passphrase of the curator')
    await plainly(['curator', 'take', dir, 'alps', join(theirs, 'feed')])
    await release(dir)
    assert.deepEqual(await viewer.refresh(), ['alps-three', own.id].toSorted())
    await plainly(['curator', 'remove', dir, 'alps'])
    await release(dir)
    assert.deepEqual(await viewer.refresh(), [own.id])
  })
})

test('what cannot be decided or published is refused in words that say what to do', async () => {
  await inTemporaryFolder(async (folder) => {
    const dir = join(folder, 'publisher')
    await begin(dir)
    const [one, two] = bookRecords()
    assert.ok(one !== undefined && two !== undefined)
    await putWorks(dir, [one, recordOf({ ...two, rights: [] })])
    const table: [readonly string[], number, RegExp][] = [
      [['sign', dir], 1, new RegExp(`works/${two.id} has no release, or no verified right`, 'u')],
      [['publish', dir], 1, /nothing is signed .*"matinee feed sign" first/u],
      [
        ['revoke', dir, one.id, '--reason', 'maker'],
        2,
        /--effect is one of delisted, unshared, blocked/u,
      ],
      [
        ['revoke', dir, 'nothing', '--effect', 'blocked', '--reason', 'maker'],
        2,
        /there is no work nothing/u,
      ],
      [['reinstate', dir, one.id, '--reason', 'maker'], 1, /isn't withdrawn/u],
      [
        ['curator', 'add', dir, 'alps', 'ab'.repeat(32), '--path', 'packs/*'],
        2,
        /no pattern of works/u,
      ],
      [
        ['curator', 'take', dir, 'alps', folder],
        1,
        /there is no curator alps: "feed curator add" names one/u,
      ],
      [
        ['rotate', dir, '--timestamp', 'nobody'],
        1,
        /there is no key nobody: "matinee feed key" makes one/u,
      ],
      [['rotate', dir], 2, /no draft waits, and no change is named/u],
      [['verify', dir], 2, /nothing is published in .* yet: "matinee feed sign", "publish"/u],
      [['sign', folder], 1, /holds no publisher\.json: "matinee feed init/u],
      [['init', dir, '--name', 'Again', '--operator', 'Me'], 1, /isn't empty: name a new folder/u],
      [['init', join(folder, 'new'), '--name', 'Again'], 2, /--operator is missing/u],
    ]
    for (const [args, code, words] of table) {
      const takesPassphrase = ['sign', 'rotate', 'init'].includes(args[0] ?? '')
      const result = takesPassphrase ? await feed(args) : await feed(args, null)
      assert.equal(result.code, code, `${args.join(' ')}: ${result.err}`)
      assert.match(result.err, words)
    }
  })
})
