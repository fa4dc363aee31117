import { test } from 'node:test'
import assert from 'node:assert/strict'
import { HereBytes, type AskHere } from './here-bytes.ts'

const MIB = 1024 * 1024
const LENGTH = 100 * MIB

/** A server that has the first bytes of a film, and gives a mebibyte at most at a time. */
function serverWith(hereBytes: number): { readonly ask: AskHere; readonly asked: string[] } {
  const asked: string[] = []
  const ask: AskHere = async (url, { headers }) => {
    assert.equal(url, 'http://here/media/x/0?here')
    const range = new Headers(headers).get('range') ?? ''
    asked.push(range)
    const [, first, last] = /^bytes=(\d+)-(\d+)$/u.exec(range) ?? []
    const start = Number(first)
    const end = Math.min(Number(last) + 1, start + MIB, hereBytes)
    if (end <= start) return new Response(null, { status: 204 })
    const bytes = Uint8Array.from({ length: end - start }, (_, at) => (start + at) % 251)
    const named = `bytes ${start}-${end - 1}/${LENGTH}`
    return new Response(bytes, { status: 206, headers: { 'content-range': named } })
  }
  return { ask, asked }
}

function open(ask: AskHere): HereBytes {
  return new HereBytes('http://here/media/x/0', ask)
}

test('bytes that are here are read in as few questions as it takes', async () => {
  const { ask, asked } = serverWith(10 * MIB)
  const bytes = open(ask)
  assert.equal(await bytes.length(), LENGTH)
  assert.deepEqual([...(await bytes.read(300, 303))], [49, 50, 51])
  assert.deepEqual([...(await bytes.read(8, 10))], [8, 9])
  assert.equal(asked.length, 1, 'small parts lie side by side')
  const long = await bytes.read(MIB, 3 * MIB + 1)
  assert.equal(long.length, 2 * MIB + 1)
  assert.equal(long.at(-1), (3 * MIB) % 251)
  assert.equal(asked.length, 4)
})

test('what is not here, or not all of it, fails by name, and may be asked for again', async () => {
  const server = serverWith(1000)
  const bytes = open(server.ask)
  const gone = { name: 'NotHereError', code: 'not-here' }
  await assert.rejects(bytes.read(900, 1001), gone)
  await assert.rejects(bytes.read(5000, 5001), gone)
  assert.equal((await bytes.read(900, 1000)).length, 100)
  await assert.rejects(open(serverWith(0).ask).length(), gone)
})

test('F3: what says to be longer than any index or picture is not asked for', async () => {
  const { ask, asked } = serverWith(LENGTH)
  await assert.rejects(open(ask).read(0, 33 * MIB), { code: 'not-here' })
  assert.deepEqual(asked, [])
})

test('an answer that is something else counts as nothing', async () => {
  const answers = [
    new Response('film', { status: 200 }),
    new Response('film', { status: 206 }),
    new Response('film', { status: 206, headers: { 'content-range': 'bytes 7-10/100' } }),
    new Response('', { status: 206, headers: { 'content-range': 'bytes 0-0/100' } }),
    new Response(null, { status: 404 }),
  ]
  for (const answer of answers)
    await assert.rejects(open(async () => answer).read(0, 4), { code: 'not-here' })
  await assert.rejects(open(() => Promise.reject(new TypeError('away'))).read(0, 4), {
    code: 'not-here',
  })
})
