import assert from 'node:assert/strict'
import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { utf8Bytes } from '@matinee/base'
import {
  PUBLISHER,
  type WorkRecord,
  canonicalRecord,
  parseRoleName,
  decisionsOn,
  standingUnder,
} from '@matinee/catalogue'
import { FollowedFeedFile } from '@matinee/catalogue/node'
import { FollowedStage, WORKS } from '../../test/signed/followed-stage.ts'
import { MadePacks, recordBytes, workId } from '../../test/signed/made-packs.ts'
import { MadePublisher } from '../../test/signed/made-publisher.ts'

test('a version is taken with its works, and the next one changes them', async () => {
  using stage = new FollowedStage()
  stage.packs.pack(stage.publisher)
  stage.publisher.update()
  assert.deepEqual(await stage.take(), { kind: 'taken' })
  assert.equal(FollowedStage.version(stage.path), 2)
  stage.packs.remove('made-1').pack(stage.publisher)
  stage.publisher.update()
  assert.deepEqual(await stage.take(), { kind: 'taken' })
  using file = new FollowedFeedFile(stage.path)
  const kept = [...file.works(PUBLISHER)]
  assert.equal(kept.length, WORKS.length - 1)
  const [first] = WORKS
  assert.ok(first !== undefined)
  const one = kept.find(({ id }) => id === first.id)
  const again = one?.kind === 'work' ? (JSON.parse(one.json) as WorkRecord) : null
  assert.deepEqual(again && canonicalRecord(again), recordBytes(first))
})

test('C18: wherever it stops, a reader has the old version whole or the new one', async () => {
  using stage = new FollowedStage()
  stage.packs.pack(stage.publisher)
  stage.publisher.update()
  await stage.take()
  // Every work is another one; there are sixteen packs and the feed's head to stop at.
  const [one] = WORKS
  for (const { id } of WORKS) stage.packs.put(id, recordBytes({ ...one, id, year: 1999 }))
  stage.packs.pack(stage.publisher, { shards: 16, deltas: 'none' })
  stage.publisher.update()
  let stops = 0
  const stop = (): void => {
    // A crash leaves what is on the disk at that moment.
    const copy = join(stage.folder, `crash-${stops++}`)
    for (const name of readdirSync(stage.folder))
      if (name.startsWith('feed.sqlite'))
        cpSync(join(stage.folder, name), `${copy}${name.slice(11)}`)
    assert.equal(FollowedStage.version(copy), 2, `at stop ${stops}`)
  }
  assert.deepEqual(await stage.take(stop), { kind: 'taken' })
  assert.equal(stops, 17)
  assert.equal(FollowedStage.version(stage.path), 3)
})

test('C18: a source that fails in the middle leaves the old version', async () => {
  using stage = new FollowedStage()
  stage.packs.pack(stage.publisher)
  stage.publisher.update()
  await stage.take()
  const [one] = WORKS
  assert.ok(one !== undefined)
  // The first shard is another one already when the third can't be had.
  stage.packs.put(one.id, recordBytes({ ...one, year: 1999 }))
  stage.packs.pack(stage.publisher, { deltas: 'none' })
  stage.publisher.update()
  const good = new Map(stage.publisher.files)
  for (const path of good.keys())
    if (path.endsWith('shard-2.gz')) stage.publisher.files.delete(path)
  const taken = await stage.take()
  assert.equal(taken.kind === 'refused' && taken.refusal.code, 'missing')
  assert.equal(FollowedStage.version(stage.path), 2)
  for (const [path, bytes] of good) stage.publisher.files.set(path, bytes)
  assert.deepEqual(await stage.take(), { kind: 'taken' })
  assert.equal(FollowedStage.version(stage.path), 3)
})

test('deltas that do not add up are made good by shards', async () => {
  using stage = new FollowedStage()
  stage.packs.pack(stage.publisher)
  stage.publisher.update()
  await stage.take()
  stage.packs.remove('made-2').pack(stage.publisher)
  // The delta that the next edition is reached by leaves out what was removed.
  const other = new MadePacks('targets').putAll(WORKS).pack(new MadePublisher())
  const wrong = new MadePublisher()
  other.pack(wrong)
  const path = 'packs/targets/delta-2.gz'
  const target = wrong.targets('targets')[path]
  assert.ok(target !== undefined)
  stage.publisher.targets('targets')[path] = target
  for (const [name, bytes] of wrong.files)
    if (name.endsWith('delta-2.gz')) stage.publisher.files.set(name, bytes)
  stage.publisher.update()
  assert.deepEqual(await stage.take(), { kind: 'taken' })
  assert.equal(FollowedStage.version(stage.path), 3)
})

test('C14: a withdrawal acts although the works of its version cannot be had, and a later file without it changes nothing', async () => {
  using stage = new FollowedStage()
  stage.packs.pack(stage.publisher)
  stage.publisher.update()
  await stage.take()
  const standing = () => {
    using file = new FollowedFeedFile(stage.path)
    return standingUnder(decisionsOn(file.memory(), workId('made-3')))
  }
  assert.equal(standing().isOffered, true)
  const entry = {
    work: 'made-3',
    serial: 1,
    state: 'revoked',
    effect: 'blocked',
    reason: 'court',
    on: '2026-01-02',
  }
  const say = (...entries: readonly object[]): void => {
    const text = JSON.stringify({ type: 'matinee-revocations', version: 1, entries })
    stage.publisher.add('targets', 'packs/targets/revocations.json', utf8Bytes(text))
  }
  say(entry)
  stage.packs.remove('made-3').pack(stage.publisher, { deltas: 'none' })
  stage.publisher.update()
  for (const path of stage.publisher.files.keys())
    if (path.endsWith('.gz')) stage.publisher.files.delete(path)
  assert.equal((await stage.take()).kind, 'refused')
  assert.deepEqual(standing(), { isOffered: false, isPlayed: false, isSeeded: false })
  say()
  stage.packs.pack(stage.publisher, { deltas: 'none' })
  stage.publisher.update()
  assert.deepEqual(await stage.take(), { kind: 'taken' })
  assert.equal(standing().isOffered, false)
  say({ ...entry, serial: 2, state: 'reinstated' })
  stage.publisher.update()
  assert.deepEqual(await stage.take(), { kind: 'taken' })
  assert.equal(standing().isOffered, true)
})

test('C13: a curator whose name space becomes smaller has no say in what is outside, though its file stayed', async () => {
  using stage = new FollowedStage()
  stage.packs.pack(stage.publisher)
  const own = new MadePacks('kino')
  const [one] = WORKS
  assert.ok(one !== undefined)
  for (const id of ['kino-one', 'gala-one']) own.put(id, recordBytes({ ...one, id }))
  stage.publisher.delegate('kino', 40, ['works/*', 'packs/kino/*'])
  own.pack(stage.publisher, { shards: 1 })
  stage.publisher.update('targets', 'kino')
  await stage.take()
  const admitted = (): string[] => {
    using file = new FollowedFeedFile(stage.path)
    const role = parseRoleName('kino')
    assert.ok(role !== null)
    return [...file.works(role)].filter(({ kind }) => kind === 'work').map(({ id }) => String(id))
  }
  assert.deepEqual(admitted().toSorted(), ['gala-one', 'kino-one'])
  for (const paths of [
    ['works/kino-*', 'packs/kino/*'],
    ['works/*', 'packs/kino/*'],
  ]) {
    stage.publisher.delegations.length = 0
    stage.publisher.delegations.push({ name: 'kino', paths, terminating: false })
    stage.publisher.update('targets')
    assert.deepEqual(await stage.take(), { kind: 'taken' })
    const wanted = paths[0] === 'works/*' ? ['gala-one', 'kino-one'] : ['kino-one']
    assert.deepEqual(admitted().toSorted(), wanted)
  }
})
