/** What `feed add` makes of a series, and of a film whose protection has ended, as a viewer has it who follows the feed. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeFilm } from '@matinee/testkit'
import { Installation, sha256Of } from './installation.ts'
import { PASSPHRASE, feed, openSeed, publish } from './publisher-commands.ts'

/** Of the page of a work, what is looked at here. */
interface WorkPage {
  readonly seasons: readonly {
    readonly title: string | null
    readonly episodes: readonly {
      readonly id: string
      readonly title: string
      readonly durationSeconds: number | null
      readonly releases: readonly unknown[]
    }[]
  }[]
  readonly rights: { readonly answer: string; readonly where: string }
}

test('a series is followed episode by episode and played, one that comes later as well; a film is free where its term has ended', async () => {
  const root = await mkdtemp(join(tmpdir(), 'matinee-series-'))
  await using ending = new AsyncDisposableStack()
  ending.defer(() => rm(root, { recursive: true, force: true }))
  const publisher = join(root, 'publisher')
  const name = ['--name', 'Night Reels', '--operator', 'The Gasworks Cinema', '--json']
  const begun = JSON.parse(await feed(['init', publisher, ...name], PASSPHRASE)) as {
    fingerprint: string
  }
  const { fingerprint } = begun
  const seed = ending.use(await openSeed(publisher, null))
  const films: string[] = []
  for (const [at, durationSeconds] of [4, 3, 2].entries())
    films.push(await makeFilm({ folder: root, name: `ferry.s01e0${at + 1}.mp4`, durationSeconds }))
  const [first = '', second = '', third = ''] = films
  const page = join(root, 'page.html')
  await writeFile(page, 'a page')
  const add = async (...args: readonly string[]): Promise<void> => {
    const shown = ['--evidence', `page/rightholder=${page}`, '--checked-by', 'one']
    const to = ['--feed', publisher, '--tracker', seed.addresses.tracker]
    await feed(['add', ...to, '--creator', 'Mara Quill', '--checked-by', 'two', ...shown, ...args])
  }
  const free = ['--licence', 'CC0-1.0']
  const titled = ['--title', 'Night Ferry', '--kind', 'series', '--language', 'en']
  const told = ['--title-in', 'S1:en=The First Winter', '--title-in', 'S1E1:en=The Crossing']
  await add(first, second, ...titled, ...told, '--title-in', 'S1E2:en=Fog', ...free)
  const makers = [
    '--author',
    'director+screenplay=Mara Quill/1990',
    '--nobody',
    'dialogue+composer',
  ]
  const old = ['--title', 'The Pier', '--year', '1926', '--country', 'FR', '--language', 'zxx']
  await add(first, ...old, '--public-domain-term', ...makers)
  await publish(publisher)
  await seed.look()

  const home = ending.use(await Installation.start(join(root, 'home'), [], { country: 'FR' }))
  await home.follow(`${seed.addresses.http}/`, fingerprint)
  await home.feedWhen(fingerprint, ({ works }) => works === 2)
  const pageOf = async (id: string): Promise<WorkPage> =>
    (await home.page.askJson(`/api/works/${id}`)) as WorkPage
  const ferry = await home.found('nigt fery')
  const [season] = (await pageOf(ferry)).seasons
  assert.equal(season?.title, 'The First Winter')
  assert.deepEqual(
    season.episodes.map((each) => [
      each.id,
      each.title,
      each.durationSeconds,
      each.releases.length,
    ]),
    [
      ['s1e1', 'The Crossing', 4, 1],
      ['s1e2', 'Fog', 3, 1],
    ],
  )
  assert.equal(await home.play(ferry, 's1e2'), await sha256Of(second))

  await add(third, '--id', 'night-ferry', '--title-in', 'S1E3:en=Landing', ...free)
  await publish(publisher)
  await seed.look()
  await home.refresh(fingerprint)
  const later = (await pageOf(ferry)).seasons[0]?.episodes ?? []
  assert.deepEqual(
    later.map(({ title }) => title),
    ['The Crossing', 'Fog', 'Landing'],
  )
  assert.equal(await home.play(ferry, 's1e3'), await sha256Of(third))
  assert.equal(await home.play(ferry, 's1e1'), await sha256Of(first))

  // Its director lived until 1990: free in the United States alone, and there is no way to play it in France.
  const pier = ferry.replace('night-ferry', 'the-pier')
  assert.equal((await pageOf(pier)).rights.answer, 'depends')
  const refused = await home.page.ask(`/api/works/${pier}/play`, 'POST', {
    episodeId: null,
    releaseId: null,
  })
  assert.ok(!refused.ok)
  const away = ending.use(await Installation.start(join(root, 'away'), [], { country: 'US' }))
  await away.follow(`${seed.addresses.http}/`, fingerprint)
  await away.feedWhen(fingerprint, ({ works }) => works === 2)
  assert.equal(await away.play(await away.found('the pier')), await sha256Of(first))

  const listed = (await feed(['list', join(publisher, 'feed'), '--json']))
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  assert.deepEqual(
    listed.map(({ id, episodes, places }) => [id, episodes, places]),
    [
      ['night-ferry', { seasons: 1, count: 3, filmed: 3 }, 'everywhere'],
      ['the-pier', null, 'United States'],
    ],
  )
  const verified = JSON.parse(await feed(['verify', join(publisher, 'feed'), '--json'])) as {
    readonly works: number
    readonly problems: readonly unknown[]
    readonly missing: readonly unknown[]
  }
  assert.deepEqual([verified.works, verified.problems, verified.missing], [2, [], []])
})
