import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { SoundDesk } from './sound-desk.ts'

const ORDER = { mediaUrl: 'http://127.0.0.1:9/', track: 0, fromSeconds: 0, made: 'aac' } as const
const NEVER = new AbortController().signal
/** Says its process id, then makes sound for as long as somebody lets it. */
const ENDLESS = 'echo $$; exec sleep 60'
const onWindows = process.platform === 'win32'

/** A program that stands where ffmpeg would, in a process of its own. */
async function program(t: TestContext, script: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-sound-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'ffmpeg')
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o700)
  return path
}

/** What `look` finds, as soon as it finds something: a program that was killed is gone a moment later. */
async function found<Thing>(look: () => Thing | null): Promise<Thing> {
  for (let tries = 0; tries < 400; tries++) {
    const thing = look()
    if (thing !== null) return thing
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return assert.fail('it never came')
}

/** The sound of a film, as soon as there is room for it. */
function made(sounds: SoundDesk, film: string, ffmpeg: string): Promise<ReadableStream> {
  return found(() => sounds.make(film, ffmpeg, ORDER, NEVER))
}

function gone(pid: number): Promise<true> {
  return found(() => (isRunning(pid) ? null : true))
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Waits until {@link ENDLESS} has begun; the rest of the sound can be read on, or be let go. */
async function begun(sound: ReadableStream): Promise<{
  readonly pid: number
  readonly reader: ReadableStreamDefaultReader<Uint8Array>
}> {
  const reader = sound.getReader()
  const { value } = await reader.read()
  const pid = Number(Buffer.from(value).toString('utf8'))
  assert.ok(isRunning(pid))
  return { pid, reader }
}

test('a sound comes whole and ends, and the next can be made', { skip: onWindows }, async (t) => {
  const sounds = new SoundDesk()
  const ffmpeg = await program(t, 'printf "as it "; printf "sounds"')
  // More than are made at once: each has left its place when it's over.
  for (let times = 0; times < 6; times++) {
    const sound = await made(sounds, `film ${times}`, ffmpeg)
    assert.equal(await new Response(sound).text(), 'as it sounds')
  }
})

test('a film that ends takes its sound with it', { skip: onWindows }, async (t) => {
  const ending = new AbortController()
  const sound = new SoundDesk().make('film', await program(t, ENDLESS), ORDER, ending.signal)
  assert.ok(sound !== null)
  const { pid, reader } = await begun(sound)
  ending.abort()
  assert.equal((await reader.read()).done, true)
  await gone(pid)
})

test('no sound is made for a film that ended meanwhile', () => {
  assert.equal(new SoundDesk().make('film', process.execPath, ORDER, AbortSignal.abort()), null)
})

test('who stops listening ends the program', { skip: onWindows }, async (t) => {
  const { pid, reader } = await begun(
    await made(new SoundDesk(), 'film', await program(t, ENDLESS)),
  )
  await reader.cancel()
  await gone(pid)
})

test('a second sound for a film ends the first', { skip: onWindows }, async (t) => {
  const sounds = new SoundDesk()
  const ffmpeg = await program(t, ENDLESS)
  const first = await begun(await made(sounds, 'film', ffmpeg))
  const second = await begun(await made(sounds, 'film', ffmpeg))
  assert.equal((await first.reader.read()).done, true)
  await gone(first.pid)
  assert.ok(isRunning(second.pid))
  // The end of the first isn't taken for that of the second: that one has its place still.
  const more = ['a', 'b', 'c'].map(async (film) => begun(await made(sounds, film, ffmpeg)))
  const playing = [second, ...(await Promise.all(more))]
  assert.equal(sounds.make('d', ffmpeg, ORDER, NEVER), null)
  for (const { reader } of playing) await reader.cancel()
})

test('a fifth film hears no sound until one of four has ended', { skip: onWindows }, async (t) => {
  const sounds = new SoundDesk()
  const ffmpeg = await program(t, ENDLESS)
  const films = ['a', 'b', 'c', 'd'].map(async (film) => begun(await made(sounds, film, ffmpeg)))
  const playing = await Promise.all(films)
  assert.equal(sounds.make('e', ffmpeg, ORDER, NEVER), null)
  await playing[0]?.reader.cancel()
  const fifth = await begun(await made(sounds, 'e', ffmpeg))
  for (const { reader } of [...playing.slice(1), fifth]) await reader.cancel()
})

test('a program that cannot be started is an end of the sound, and takes no place', async (t) => {
  const sounds = new SoundDesk()
  const missing = join(await mkdtemp(join(tmpdir(), 'matinee-sound-')), 'ffmpeg')
  t.after(() => rm(join(missing, '..'), { recursive: true, force: true }))
  for (let times = 0; times < 6; times++) {
    const sound = await made(sounds, `film ${times}`, missing)
    await assert.rejects(new Response(sound).text(), { code: 'ENOENT' })
  }
})
