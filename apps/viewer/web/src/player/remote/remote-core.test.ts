import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RemoteCommand, RemoteNews, RemoteState } from '#api'
import { RemoteCore } from './remote-core.ts'
import type { RemoteServer } from './remote-server.ts'
import { actOfCommand } from './remote-words.ts'

const CODE = { url: 'http://192.168.1.2:4000/#x', lastsSeconds: 120 }
const STATE: RemoteState = {
  title: 'The Salt Clock',
  subtitle: '',
  phase: 'playing',
  wantsToPlay: true,
  positionSeconds: 12,
  durationSeconds: 36,
  volume: 1,
  isMuted: false,
  rate: 1,
  hasSubtitles: true,
  areSubtitlesShown: false,
  hasNext: false,
}

/** A page whose server says what the test wants said, turn by turn. */
function openPage() {
  const acted: RemoteCommand[] = []
  const ended: string[] = []
  const timers: (() => void)[] = []
  let answer: (news: RemoteNews) => void = () => undefined
  const server: RemoteServer = {
    open: async () => ({
      kind: 'open',
      remoteId: 'one',
      host: '192.168.1.2',
      hosts: ['192.168.1.2'],
      code: CODE,
    }),
    newCode: async () => CODE,
    turn: () =>
      new Promise((resolve) => {
        answer = resolve
      }),
    end: async (remoteId) => void ended.push(remoteId),
  }
  const remote = new RemoteCore(server, {
    nowMs: () => 0,
    after(_delayMs, run) {
      timers.push(run)
      return () => void timers.splice(timers.indexOf(run), 1)
    },
  })
  const player = { state: () => STATE, act: (command: RemoteCommand) => void acted.push(command) }
  const say = async (news: RemoteNews): Promise<void> => {
    answer(news)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { remote, player, acted, ended, timers, say }
}

test('what phones ask reaches the player, and a code that is used is shown no more', async () => {
  const { remote, player, acted, say } = openPage()
  remote.attach(player)
  await remote.open()
  assert.deepEqual(remote.state.kind === 'on' && remote.state.code, CODE)
  await say({ kind: 'on', phones: 1, isCodeGood: false, commands: [{ kind: 'pause' }] })
  assert.deepEqual(acted, [{ kind: 'pause' }])
  assert.ok(remote.state.kind === 'on')
  assert.deepEqual([remote.state.phones, remote.state.code], [1, null])
  await say({ kind: 'over' })
  assert.deepEqual(remote.state, { kind: 'off', why: 'ended' })
})

test('a code that nobody used ends the remote, and says so', async () => {
  const { remote, say } = openPage()
  await remote.open()
  await say({ kind: 'over' })
  assert.deepEqual(remote.state, { kind: 'off', why: 'code-over' })
})

test('phones stay from an episode to the next, and are let go when nothing follows', async () => {
  const { remote, player, ended, timers } = openPage()
  const leave = remote.attach(player)
  await remote.open()
  leave()
  const leaveNext = remote.attach({ ...player })
  assert.equal(timers.length, 0)
  leaveNext()
  for (const run of timers.splice(0)) run()
  assert.deepEqual(ended, ['one'])
  assert.equal(remote.state.kind, 'off')
})

test('a command that is true already, or can’t be, does nothing', () => {
  assert.equal(actOfCommand({ kind: 'next-episode' }, STATE), null)
  assert.equal(actOfCommand({ kind: 'mute', isMuted: false }, STATE), null)
  assert.equal(actOfCommand({ kind: 'subtitles', areShown: false }, STATE), null)
  assert.deepEqual(actOfCommand({ kind: 'subtitles', areShown: true }, STATE), {
    kind: 'toggle-subtitles',
  })
  assert.deepEqual(actOfCommand({ kind: 'mute', isMuted: false }, { ...STATE, volume: 0 }), {
    kind: 'toggle-mute',
  })
})
