import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MediaShelf, type ShelfPlace } from '../src/media/media-shelf.ts'
import { FilmProbe } from '../src/library/streams/film-way.ts'
import { OpenStreams } from '../src/library/streams/open-streams.ts'
import type { SeekSheets } from '../src/library/streams/seek-sheets.ts'
import { MemoryFile } from './made-files.ts'

test('W3: pictures of a time line that are found after their film ended get no address', async () => {
  const open = new Set<ShelfPlace>()
  class WatchedShelf extends MediaShelf {
    override placeLater(...args: Parameters<MediaShelf['placeLater']>): ShelfPlace {
      const place = super.placeLater(...args)
      const watched = {
        token: place.token,
        close() {
          open.delete(watched)
          place.close()
        },
      }
      open.add(watched)
      return watched
    }
  }
  const found = Promise.withResolvers<SeekSheets>()
  const film = new MemoryFile('film.mp4', new Uint8Array(100))
  const streams = new OpenStreams(new WatchedShelf(), () => 0)
  const { streamId } = streams.open({
    film,
    captions: [],
    sounds: [],
    pictures: () => found.promise,
    status: () => assert.fail('nobody asks'),
    statistics: () => assert.fail('nobody asks'),
    probe: new FilmProbe(film, false),
    close: async () => undefined,
  })
  const asked = streams.pictures(streamId)
  assert.equal(open.size, 1)
  await streams.close(streamId)
  found.resolve({ pictures: [], sheets: [new MemoryFile('sheet.jpg', new Uint8Array(9))] })
  assert.equal(await asked, null)
  assert.equal(open.size, 0)
})
