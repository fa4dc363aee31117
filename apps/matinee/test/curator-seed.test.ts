import assert from 'node:assert/strict'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseWorkId } from '@matinee/catalogue'
import { filmToAdd } from '@matinee/testkit'
import { PublisherFolder } from '../src/publisher/publisher-folder.ts'
import { openLocalSeed } from './local-seed.ts'
import {
  begin,
  inTemporaryFolder,
  plainly,
  putWorks,
  release,
  well,
} from './publisher/publisher-stage.ts'

const CURATORS = 'a passphrase of the curator'

test('U11: what a curator withdraws in their name space is given out no more, as viewers have it, until they take it back', async () => {
  await inTemporaryFolder(async (root) => {
    const dir = join(root, 'publisher')
    const theirs = join(root, 'curator')
    await begin(dir)
    for (const [id, title] of [
      ['alps-film', 'Alps'],
      ['sea-film', 'Sea'],
    ] as const) {
      const film = await filmToAdd(title, { folder: root, name: `${id}.mp4`, durationSeconds: 2 })
      await plainly(['add', ...film.args, '--id', id, '--feed', dir])
    }
    const id = parseWorkId('alps-film')
    assert.ok(id !== null)
    const alps = await (await PublisherFolder.open(dir)).work(id)
    assert.ok(alps !== null)
    const { out } = await well(['init', theirs, '--curator', 'alps', '--json'], CURATORS)
    const { key } = JSON.parse(out) as { readonly key: string }
    await plainly(['curator', 'add', dir, 'alps', key, '--path', 'works/alps-*'])
    const decide = async (args: readonly string[]): Promise<void> => {
      await plainly(args)
      await release(theirs, CURATORS)
      await plainly(['curator', 'take', dir, 'alps', theirs])
      await release(dir)
      await seed.look()
    }
    const made = 'releases/alps-film'
    await cp(join(dir, made), join(theirs, made), { recursive: true })
    await putWorks(theirs, [alps.record])
    await release(theirs, CURATORS)
    await plainly(['curator', 'take', dir, 'alps', theirs])
    await release(dir)
    await using seed = await openLocalSeed(dir, null)
    const given = (): string[] => [...new Set(seed.statuses().map(({ work }) => work))].toSorted()
    assert.deepEqual(given(), ['alps-film', 'sea-film'])

    await decide(['revoke', theirs, 'alps-film', '--effect', 'unshared', '--reason', 'licence'])
    assert.deepEqual(given(), ['sea-film'])
    await decide(['reinstate', theirs, 'alps-film', '--reason', 'licence'])
    assert.deepEqual(given(), ['alps-film', 'sea-film'])
  })
})
