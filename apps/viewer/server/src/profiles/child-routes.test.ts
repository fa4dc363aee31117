import { paths } from '#api'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayChildAsk } from './child-routes.ts'

test('O4: a child asks for what is on the list, by its method and its whole path', () => {
  assert.ok(mayChildAsk('GET', paths.work('starter.sintel')))
  assert.ok(mayChildAsk('HEAD', paths.works))
  assert.ok(mayChildAsk('PUT', paths.shelfListWork('1', 'a%2Fb')))
  for (const [method, path] of [
    ['PUT', paths.settings],
    ['DELETE', paths.works],
    ['GET', `${paths.works}/`],
    ['GET', `${paths.works}/a/b/c`],
    ['GET', '//api/works'],
    ['GET', '/api/works/../feeds'],
    ['GET', paths.feeds],
    ['GET', paths.shelfFile],
    ['POST', paths.profiles],
  ] as const)
    assert.ok(!mayChildAsk(method, path), `${method} ${path}`)
})
