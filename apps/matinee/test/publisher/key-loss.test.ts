/**
 * Row A26 of the table of promises, as docs/operations.md describes it, by the commands themselves: an offline root of which two keys
 * of three must sign, a laptop that is lost with its keys, a restore from backup and a mirror, and followers who notice nothing but
 * that the feed goes on.
 */
import assert from 'node:assert/strict'
import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Sha256Text, type TrustedFiles, beginTrust, refreshFeed } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { systemDisk } from '@matinee/engine/system'
import { checkSource, fingerprintOf, folderSource } from '../../src/publisher/feed-source.ts'
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
import { TufClient } from './tuf-client.ts'

const CRYPTO = systemFeedCrypto()

/** A viewer who has followed the feed since its first version, and keeps what it trusts. */
class Follower {
  #files: TrustedFiles | null = null

  /** Refreshes from a copy of the feed. Resolves with the version, or the code of a refusal. */
  async ask(folder: string): Promise<number | string> {
    const source = folderSource(systemDisk(), folder)
    this.#files ??= await this.#begin(folder)
    const refresh = await checkSource(refreshFeed(this.#files, Date.now(), CRYPTO), source)
    this.#files = refresh.files
    return refresh.kind === 'refused' ? refresh.refusal.code : refresh.feed.timestamp.version
  }

  async #begin(folder: string): Promise<TrustedFiles> {
    const source = folderSource(systemDisk(), folder)
    const fingerprint: Sha256Text | null = await fingerprintOf(source)
    const root = await source('metadata/1.root.json', 512_000)
    assert.ok(fingerprint !== null && root !== null)
    const begun = beginTrust(root, fingerprint, CRYPTO)
    assert.ok(begun.kind === 'begun')
    return begun.files
  }
}

const OWNERS = ['alice', 'bob', 'carol'] as const
const passphraseOf = (name: string): string => `the passphrase of ${name}`

test('A26: with a root of 2 of 3 keys kept apart, a lost laptop costs nobody their feed', async () => {
  await inTemporaryFolder(async (folder) => {
    const dir = join(folder, 'laptop')
    const mirror = join(folder, 'mirror')
    const stick = (name: string): string => join(folder, `stick of ${name}`, 'root.key.json')
    await begin(dir)
    await putWorks(dir, bookRecords().slice(0, 3))
    await release(dir)
    const follower = new Follower()
    const client = new TufClient(join(dir, 'feed'), join(folder, 'client'))
    await client.begin()
    assert.equal(await follower.ask(join(dir, 'feed')), 1)

    // The ceremony: three keys on sticks of their own, the root by two of them, daily keys on the laptop.
    for (const name of OWNERS) {
      await mkdir(join(folder, `stick of ${name}`))
      await well(['key', dir, '--new', name, '--out', stick(name)], passphraseOf(name))
    }
    await well(['key', dir, '--new', 'daily'], passphraseOf('daily'))
    const change = [
      '--root',
      OWNERS.join(),
      '--threshold',
      'root=2',
      '--timestamp',
      'daily',
      '--snapshot',
      'daily',
    ]
    const lacking = await well(
      ['rotate', dir, ...change, '--key', stick('alice')],
      ['six words nobody would ever guess', passphraseOf('alice')].join('\n'),
    )
    assert.match(lacking.out, /waits for 1 more of its own: bob, carol/u)
    assert.equal((await feed(['sign', dir])).code, 1, 'nothing is signed under a root that waits')
    const complete = await well(['rotate', dir, '--key', stick('bob')], passphraseOf('bob'))
    assert.match(complete.out, /^root 2 is signed\n {2}root {7}2 of 3: alice, bob, carol$/mu)
    await release(dir, [passphraseOf('daily'), 'six words nobody would ever guess'].join('\n'))
    assert.equal(await follower.ask(join(dir, 'feed')), 2)

    // A mirror has copied the feed, and the works were backed up. Then the laptop is gone, and with it the keys `main` and `daily`.
    await cp(join(dir, 'feed'), mirror, { recursive: true })
    const backup = join(folder, 'backup')
    for (const kept of ['publisher.json', 'works', 'roots'])
      await cp(join(dir, kept), join(backup, kept), { recursive: true })
    await rm(dir, { recursive: true })

    // Restored: the backup without any key, the newest feed from the mirror.
    const restored = join(folder, 'restored')
    await mkdir(restored, { mode: 0o700 })
    await cp(backup, restored, { recursive: true })
    await cp(mirror, join(restored, 'feed'), { recursive: true })
    const without = await feed(['sign', restored])
    assert.equal(without.code, 1)
    assert.match(
      without.err,
      /the role (?:targets|timestamp) needs 1 of the keys (?:main|daily), and 0 are here/u,
    )

    // Two owners of the root give the laptop's roles to a new key.
    await well(['key', restored, '--new', 'fresh'], passphraseOf('fresh'))
    const roles = ['--timestamp', 'fresh', '--snapshot', 'fresh', '--targets', 'fresh']
    const one = await well(
      ['rotate', restored, ...roles, '--key', stick('bob')],
      passphraseOf('bob'),
    )
    assert.match(one.out, /waits for 1 more of the root before: alice, carol/u)
    await well(['rotate', restored, '--key', stick('carol')], passphraseOf('carol'))
    await putWorks(restored, bookRecords({ year: 2002 }).slice(0, 1))
    await release(restored, passphraseOf('fresh'))

    assert.equal(
      await follower.ask(join(restored, 'feed')),
      3,
      'a follower of the old feed goes on',
    )
    const other = new TufClient(join(restored, 'feed'), join(folder, 'client'))
    await other.refresh('feed.json', 'packs/targets/delta-2.gz')
    assert.equal(other.version('root'), 3)

    // Whoever found the laptop can sign with its keys what they like: nobody takes it any more.
    const thief = join(folder, 'thief')
    await mkdir(thief)
    await cp(mirror, thief, { recursive: true })
    assert.equal(await follower.ask(thief), 'signatures')
    assert.equal(await follower.ask(join(restored, 'feed')), 3)
  })
})

test('A26: fewer owners than the root wants change nothing, whoever else signs', async () => {
  await inTemporaryFolder(async (folder) => {
    const dir = join(folder, 'publisher')
    await begin(dir)
    await release(dir)
    for (const name of OWNERS)
      await well(
        ['key', dir, '--new', name, '--out', join(folder, `${name}.json`)],
        passphraseOf(name),
      )
    const keys = OWNERS.slice(0, 2).flatMap((name) => ['--key', join(folder, `${name}.json`)])
    const passphrases = [
      'six words nobody would ever guess',
      ...OWNERS.slice(0, 2).map(passphraseOf),
    ].join('\n')
    await well(
      ['rotate', dir, '--root', OWNERS.join(), '--threshold', 'root=2', ...keys],
      passphrases,
    )
    await release(dir)
    const follower = new Follower()
    assert.equal(await follower.ask(join(dir, 'feed')), 2)
    const { out } = await well(
      ['rotate', dir, '--root', 'carol', '--key', join(folder, 'carol.json')],
      passphraseOf('carol'),
    )
    assert.match(out, /waits for 1 more of the root before: alice, bob/u)
    assert.equal((await feed(['sign', dir])).code, 1)
    // Somebody puts it there by hand.
    await cp(join(dir, 'roots/draft.json'), join(dir, 'feed/metadata/3.root.json'))
    assert.equal(await follower.ask(join(dir, 'feed')), 'signatures')
    await rm(join(dir, 'feed/metadata/3.root.json'))
    await plainly(['rotate', dir, '--drop'])
    await release(dir)
    assert.equal(await follower.ask(join(dir, 'feed')), 3)
  })
})
