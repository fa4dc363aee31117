import { test } from 'node:test'
import assert from 'node:assert/strict'
import { MIB, type ByteSpan } from '@matinee/base'
import { mediaAnswer } from './media-answer.ts'
import type { MediaFile } from './media-file.ts'
import { MediaShelf } from './media-shelf.ts'

const LENGTH = 4 * MIB

/** A film of which only a part is here; to read it in any other way would fetch it. */
function filmWith(here: ByteSpan): { readonly film: MediaFile; readonly asked: ByteSpan[] } {
  const asked: ByteSpan[] = []
  const film: MediaFile = {
    name: 'film.mp4',
    lengthBytes: LENGTH,
    identity: 'film',
    read: () => assert.fail('nothing is fetched'),
    async readHere(span) {
      asked.push(span)
      if (span.start < here.start || span.start >= here.end) return null
      return new Uint8Array(Math.min(span.end, here.end) - span.start).fill(7)
    },
  }
  return { film, asked }
}

async function ask(film: MediaFile | null, range: string | null): Promise<Response> {
  const shelf = new MediaShelf()
  const place =
    film === null ? shelf.placeLater(() => assert.fail('nothing is made'), 0) : shelf.place(film, 0)
  const headers = range === null ? {} : { range }
  const request = new Request('http://127.0.0.1/media?here', { headers })
  return mediaAnswer(request, shelf, { token: place.token, number: '0' }, 'refuse')
}

test('what is here of a film is given without reading the film, and ends where something is missing', async () => {
  const { film } = filmWith({ start: 0, end: 1000 })
  const answer = await ask(film, 'bytes=900-1999')
  assert.equal(answer.status, 206)
  assert.equal(answer.headers.get('content-range'), `bytes 900-999/${LENGTH}`)
  assert.equal((await answer.bytes()).length, 100)
})

test('of what is not here nothing is given, and nobody is asked for it', async () => {
  const { film } = filmWith({ start: 0, end: 1000 })
  const answer = await ask(film, 'bytes=1000-1999')
  assert.equal(answer.status, 204)
  assert.equal((await answer.bytes()).length, 0)
})

test('F11: what is here is no media that a browser could open', async () => {
  const { film } = filmWith({ start: 0, end: 1000 })
  const { headers } = await ask(film, 'bytes=0-9')
  assert.equal(headers.get('content-type'), 'application/octet-stream')
  assert.match(headers.get('content-security-policy') ?? '', /sandbox/u)
})

test('W7: one answer with what is here has a mebibyte at most, whatever was asked for', async () => {
  const { film, asked } = filmWith({ start: 0, end: LENGTH })
  const answer = await ask(film, 'bytes=5-')
  assert.deepEqual(asked, [{ start: 5, end: 5 + MIB }])
  assert.equal((await answer.bytes()).length, MIB)
  for (const range of [null, 'bytes=0-1,5-6', 'bytes=5-1', `bytes=${LENGTH}-`])
    assert.equal((await ask(film, range)).status, 400, String(range))
})

test('a file that is made when it is asked for is not made for a look at what is here', async () => {
  assert.equal((await ask(null, 'bytes=0-9')).status, 404)
})
