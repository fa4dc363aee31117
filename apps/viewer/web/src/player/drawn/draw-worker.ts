import { DRAWN_FACE } from '@matinee/media'
// oxlint-disable-next-line import/default -- Vite makes it: the address of the face
import faceUrl from 'jassub/dist/default.woff2?url'
import openLibrary from 'jassub/dist/wasm/jassub-worker.js'
import { Canvas2DRenderer } from 'jassub/dist/worker/renderers/2d-renderer.js'
import type { MainModule } from 'jassub/src/wasm/types.d.ts'
import type { DrawNews, DrawOrder } from './draw-message.ts'

/** As much memory as drawing may take, in pages of 64 KiB: 256 MiB. */
const MOST_MEMORY_PAGES = 4096
/** Of it, what may be kept of pictures drawn before. */
const KEPT_PICTURES_MIB = 64
/** What the library begins with when the script doesn't say otherwise: glyphs that it keeps. */
const KEPT_GLYPHS = 2000
const SMALLEST = { width: 16, height: 9 }

/** The library puts its memory here, to be read whatever happens to its size. */
declare const self: { readonly HEAPU8RAW: Uint8Array<ArrayBuffer> }

const canvas = new OffscreenCanvas(SMALLEST.width, SMALLEST.height)
const renderer = new Canvas2DRenderer()
renderer.setCanvas(canvas)
const starting = start()
let drawing: Promise<void> = starting.then(
  () => tell({ kind: 'ready' }),
  () => tell({ kind: 'failed' }),
)

addEventListener('message', ({ data }: MessageEvent<DrawOrder>) => {
  drawing = drawing.then(() => draw(data)).catch(() => tell({ kind: 'failed' }))
})

async function start() {
  limitMemory()
  const face = await fetch(faceUrl)
  if (!face.ok) throw new TypeError('the face is missing')
  const bytes = await face.bytes()
  const program = (await openLibrary({
    __out: () => undefined,
    __err: () => undefined,
  })) as MainModule
  const library = new program.JASSUB(SMALLEST.width, SMALLEST.height, DRAWN_FACE.toLowerCase())
  // Our answers don't let pages share memory between threads (W3).
  library.setThreads(1)
  library.setMemoryLimits(KEPT_GLYPHS, KEPT_PICTURES_MIB)
  const at = program._malloc(bytes.length)
  self.HEAPU8RAW.set(bytes, at)
  library.addFont('face', at, bytes.length)
  library.reloadFonts()
  return library
}

async function draw({ seconds, script, size }: DrawOrder): Promise<void> {
  const library = await starting
  if (script !== null) library.createTrackMem(script)
  if (size !== null) {
    library.resizeCanvas(size.width, size.height, size.width, size.height)
    renderer.resizeCanvas(size.width, size.height)
  }
  const isNew = script !== null || size !== null
  const images = library.rawRender(seconds, Number(isNew)) as
    | Parameters<typeof renderer.render>[0]
    | null
  if (images === null && !isNew) return tell({ kind: 'drawn', picture: null })
  renderer.render(images ?? [], self.HEAPU8RAW)
  tell({ kind: 'drawn', picture: canvas.transferToImageBitmap() })
}

/** A script can't take the computer's memory: the library's is made with room for so much, and no more. */
function limitMemory(): void {
  const { Memory } = WebAssembly
  WebAssembly.Memory = class extends Memory {
    constructor(wish: WebAssembly.MemoryDescriptor) {
      super({ ...wish, maximum: Math.min(wish.maximum ?? MOST_MEMORY_PAGES, MOST_MEMORY_PAGES) })
    }
  }
}

function tell(news: DrawNews): void {
  if (news.kind === 'drawn' && news.picture !== null)
    postMessage(news, { transfer: [news.picture] })
  else postMessage(news)
}
