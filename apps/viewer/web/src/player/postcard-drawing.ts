import {
  postcardLayout,
  type PostcardFace,
  type PostcardInk,
  type PostcardMatter,
} from './postcard-layout.ts'

/** As tokens.css has them in the house: a card is printed, and doesn't change with the room. */
const INKS: Readonly<Record<PostcardInk, string>> = {
  ground: '#1a1113',
  text: '#faefe2',
  second: '#d6c3b5',
  lamp: '#ffc65c',
}
const FACES = [
  '800 84px "Bricolage Grotesque Variable"',
  '500 24px "Hanken Grotesk Variable"',
  '600 28px "Hanken Grotesk Variable"',
]

/** A frame of a film, taken at a moment. */
export interface TakenFrame {
  readonly bitmap: ImageBitmap
  readonly seconds: number
}

/** The picture that is shown now; null = there is none. Throws when the browser keeps pages from reading it. */
export async function takeFrame(video: HTMLVideoElement | null): Promise<TakenFrame | null> {
  if (video === null || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null
  if (video.videoWidth === 0) return null
  const seconds = video.currentTime
  return { bitmap: await createImageBitmap(video), seconds }
}

/** Draws a card; the canvas becomes as large as the card is. Resolves when the faces were there, or never will be. */
export async function drawPostcard(
  canvas: HTMLCanvasElement,
  { bitmap }: TakenFrame,
  matter: PostcardMatter,
): Promise<void> {
  await Promise.allSettled(FACES.map((face) => document.fonts.load(face)))
  const context = canvas.getContext('2d')
  if (context === null) return
  const layout = postcardLayout(matter, (text, face) => {
    choose(context, face)
    return context.measureText(text).width
  })
  canvas.width = layout.width
  canvas.height = layout.height
  context.fillStyle = INKS.ground
  context.fillRect(0, 0, layout.width, layout.height)
  const { source, target } = layout
  context.imageSmoothingQuality = 'high'
  context.drawImage(
    bitmap,
    source.x,
    source.y,
    source.width,
    source.height,
    target.x,
    target.y,
    target.width,
    target.height,
  )
  for (const { ink, points } of layout.shapes) {
    context.beginPath()
    for (const [x, y] of points) context.lineTo(x, y)
    context.fillStyle = INKS[ink]
    context.fill()
  }
  for (const { text, x, y, face, ink } of layout.lines) {
    choose(context, face)
    context.fillStyle = INKS[ink]
    context.fillText(text, x, y)
  }
}

/** The card as a PNG; null = the browser makes none. */
export function pngOf(canvas: HTMLCanvasElement): Promise<Blob | null> {
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/png')
  })
}

function choose(context: CanvasRenderingContext2D, { font, isNarrow }: PostcardFace): void {
  context.font = font
  context.fontStretch = isNarrow ? 'condensed' : 'normal'
}
