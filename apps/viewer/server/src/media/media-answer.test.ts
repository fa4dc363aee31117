import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mediaAnswer } from './media-answer.ts'
import { MediaShelf } from './media-shelf.ts'

test('a film whose torrent was begun anew before its first byte came is not there any more', async () => {
  const shelf = new MediaShelf()
  const stopped = Object.assign(new Error('the torrent was stopped'), { code: 'stopped' })
  const place = shelf.place(
    {
      name: 'film.mp4',
      lengthBytes: 10,
      identity: 'film',
      async *read() {
        yield await Promise.reject<Uint8Array>(stopped)
      },
    },
    0,
  )
  const request = new Request('http://127.0.0.1/media')
  const answer = await mediaAnswer(request, shelf, { token: place.token, number: '0' }, 'refuse')
  assert.equal(answer.status, 404)
})

for (const isTaken of [true, false])
  test(`a film that ends before its first byte came is ${isTaken ? 'not there any more when it was taken off the shelf' : 'an error of ours when it was not'}`, async () => {
    const shelf = new MediaShelf()
    const ended = Promise.withResolvers<Uint8Array>()
    const place = shelf.place(
      {
        name: 'film.mp4',
        lengthBytes: 10,
        identity: 'film',
        async *read() {
          yield await ended.promise
        },
      },
      0,
    )
    const request = new Request('http://127.0.0.1/media')
    const answer = mediaAnswer(request, shelf, { token: place.token, number: '0' }, 'refuse')
    if (isTaken) place.close()
    ended.reject(new Error('the film was ended'))
    if (isTaken) assert.equal((await answer).status, 404)
    else await assert.rejects(answer, /the film was ended/u)
  })
