import { DrawnFrames } from './drawn-frames.ts'
import type { FrameNews, FrameOrder } from './frame-message.ts'
import { HereBytes, NotHereError } from './here-bytes.ts'
import { KeyFrames } from './key-frames.ts'

/** Some 12 MB. */
const KEPT_PICTURES = 40
/** A film that can't be read so often is left alone. */
const MOST_FAILURES = 3

type Drawn = OffscreenCanvas | HTMLCanvasElement

let bytes: HereBytes | null = null
let film: KeyFrames | null = null
let failures = 0
const drawn = new DrawnFrames<Drawn | null>(KEPT_PICTURES)

addEventListener('message', ({ data }: MessageEvent<FrameOrder>) => {
  if (data.kind === 'open') bytes = new HereBytes(data.url)
  else void answer(data.seconds)
})

async function answer(seconds: number): Promise<void> {
  const news = await lookAt(seconds).catch(failed)
  postMessage(news, { transfer: news.kind === 'picture' ? [news.picture] : [] })
}

async function lookAt(seconds: number): Promise<FrameNews> {
  if (bytes === null) return { kind: 'never' }
  film ??= await KeyFrames.open(bytes)
  if (film === null) return { kind: 'never' }
  const frames = film
  const at = await frames.find(seconds)
  const picture = at === null ? null : await drawn.of(at, () => frames.draw(at))
  if (picture === null) return { kind: 'none' }
  failures = 0
  // A copy, for what was drawn stays.
  return { kind: 'picture', picture: await createImageBitmap(picture) }
}

/** Bytes that aren't here may come. What else goes wrong leaves the reader of the film nobody knows where. */
function failed(error: unknown): FrameNews {
  if (error instanceof NotHereError) return { kind: 'none' }
  film?.[Symbol.dispose]()
  film = null
  failures++
  return { kind: failures >= MOST_FAILURES ? 'never' : 'none' }
}
