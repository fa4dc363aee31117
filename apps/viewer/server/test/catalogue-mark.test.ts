import { CATALOGUE_HEADER, paths, programmeSchema } from '#api'
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { followedFeedId } from '@matinee/catalogue'
import { feedWhen, follow } from './follower-viewer.ts'
import { listeningNetwork } from './listening-network.ts'
import { MadePublisher, freeWorks } from './made-publisher.ts'
import { openCatalogueViewer } from './open-catalogue-viewer.ts'

test('answers that were given while works come into the catalogue say so, and none afterwards', async () => {
  await using viewer = await openCatalogueViewer({ network: listeningNetwork() })
  const publisher = new MadePublisher('Ferry').put(...freeWorks(40))
  const folder = join(viewer.folder, 'ferry')
  await publisher.publish().write(folder)
  const look = async (): Promise<{
    readonly isSaid: boolean
    readonly isMarked: boolean
    readonly hasWorks: boolean
  }> => {
    const programme = await viewer.get(programmeSchema, `${paths.programme}?language=en`)
    const answer = await viewer.ask(`${paths.works}?language=en&limit=200`)
    return {
      isSaid: programme.isLoading,
      isMarked: answer.headers.get(CATALOGUE_HEADER) === 'loading',
      hasWorks: (await answer.text()).includes(followedFeedId(publisher.fingerprint)),
    }
  }
  // Its own feed may be on its way still.
  while ((await look()).isMarked) await delay(20)
  await follow(viewer, folder, publisher.fingerprint)
  const looks = [await look()]
  for (let tries = 0; tries < 2000 && looks.at(-1)?.hasWorks !== true; tries++) {
    await delay(2)
    looks.push(await look())
  }
  assert.ok(
    looks.some(({ isMarked, hasWorks }) => isMarked && !hasWorks),
    'a page that looked meanwhile was told to look again',
  )
  assert.ok(
    looks.some(({ isSaid }) => isSaid),
    'the programme said that it is not all',
  )
  await feedWhen(viewer, publisher, ({ state }) => state.kind === 'fresh')
  while ((await look()).isMarked) await delay(20)
  assert.deepEqual(await look(), { isSaid: false, isMarked: false, hasWorks: true })
})
