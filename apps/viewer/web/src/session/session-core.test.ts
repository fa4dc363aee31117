import { test } from 'node:test'
import assert from 'node:assert/strict'
import { ClientError, codeOf } from '../api/client.ts'
import { enterSession, launchCode, type SessionPorts } from './session-core.ts'

function ports(kept: string | null, enter: string | ClientError, tryToken: 'good' | ClientError) {
  let token = kept
  const made: SessionPorts = {
    keeper: { get: () => token, set: (next) => void (token = next) },
    enter: async () => {
      if (enter instanceof ClientError) throw enter
      return enter
    },
    tryToken: async () => {
      if (tryToken instanceof ClientError) throw tryToken
    },
    codeOf,
  }
  return { made, token: () => token }
}

const USED = new ClientError('launch-code')
const UNKNOWN = new ClientError('no-session')
const GONE = new ClientError('unreachable')

test('the code is read from the fragment and from nowhere else', () => {
  assert.equal(launchCode('#launch=abc-_123'), 'abc-_123')
  for (const other of [
    '',
    '#',
    '#launch=',
    '#launch=a b',
    '?launch=abc',
    '#x&launch=abc',
    `#launch=${'a'.repeat(65)}`,
  ])
    assert.equal(launchCode(other), null, other)
})

test('a fresh code gets in and its token is kept', async () => {
  const { made, token } = ports(null, 'new', UNKNOWN)
  assert.deepEqual(await enterSession('code', made), { kind: 'in' })
  assert.equal(token(), 'new')
})

test('a used code keeps a stranger out, and a browser that was in before in', async () => {
  assert.deepEqual(await enterSession('code', ports(null, USED, 'good').made), {
    kind: 'out',
    why: 'launch-code',
  })
  assert.deepEqual(await enterSession('code', ports('old', USED, 'good').made), { kind: 'in' })
})

test('a revoked token is forgotten', async () => {
  const { made, token } = ports('old', USED, UNKNOWN)
  assert.deepEqual(await enterSession(null, made), { kind: 'out', why: 'no-session' })
  assert.equal(token(), null)
})

test('a server that is away decides nothing, and the token stays', async () => {
  const { made, token } = ports('old', GONE, GONE)
  await assert.rejects(enterSession('code', made), GONE)
  await assert.rejects(enterSession(null, made), GONE)
  assert.equal(token(), 'old')
})
