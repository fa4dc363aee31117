import { SILENT_LOG } from '@matinee/base'
import { Hono } from 'hono'
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { StoredProfile } from '../profiles/profile-file.ts'
import type { ShelfStore } from '../shelf/shelf-store.ts'
import type { House } from './house.ts'
import { Houses, shelfPath } from './houses.ts'

test('a profile whose films cannot be ended still closes its shelf, is deleted, and is opened anew', async (t) => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'matinee-houses-'))
  t.after(() => rm(dataFolder, { recursive: true, force: true }))
  const profile = { id: 'abcd1234' } as StoredProfile
  const shelves: ShelfStore[] = []
  let isBroken = true
  await using houses = new Houses({
    dataFolder,
    log: SILENT_LOG,
    open: (_, shelf) => {
      shelves.push(shelf)
      const dispose = async (): Promise<void> => {
        if (isBroken) throw new Error('a film does not end')
      }
      return Object.assign({} as House, { [Symbol.asyncDispose]: dispose })
    },
    routesOf: () => new Hono(),
  })
  await houses.routesOf(profile)
  const path = shelfPath(dataFolder, profile.id)
  assert.ok(existsSync(path))
  await assert.rejects(houses.close(profile.id, true), /a film does not end/)
  assert.equal(existsSync(path), false)
  const [shelf] = shelves
  assert.ok(shelf !== undefined)
  await assert.rejects(shelf.acts.favourites(), 'it is closed')
  isBroken = false
  await houses.routesOf(profile)
  assert.equal(shelves.length, 2)
})
