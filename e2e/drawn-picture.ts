import type { Page } from 'playwright-core'

/** Where something red is drawn over the film, in hundredths of its picture; null = nowhere. */
export interface RedPlace {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** A line of a script, and when it shows. */
export interface StyledLine {
  readonly start: number
  readonly end: number
  readonly line: string
}

/** Draws a red box in the second quarter of the picture, both ways. */
export const RED_BOX = String.raw`{\an7\pos(100,50)\c&H0000FF&\bord0\p1}m 0 0 l 100 0 100 50 0 50{\p0}`

/** A script in ASS. */
export function styledScript(lines: readonly StyledLine[]): string {
  const clock = (seconds: number): string =>
    `0:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${(seconds % 60).toFixed(2).padStart(5, '0')}`
  const events = lines.map(
    ({ start, end, line }) => `Dialogue: 0,${clock(start)},${clock(end)},Default,,0,0,0,,${line}\n`,
  )
  return `[Script Info]
ScriptType: v4.00+
PlayResX: 400
PlayResY: 200
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Outline, Shadow, Alignment
Style: Default,Nobody Has This,20,&H00FFFFFF,1,0,2
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
${events.join('')}`
}

/** Where the page has drawn something red just now. */
export function redPlace(page: Page): Promise<RedPlace | null> {
  return page.evaluate(() => {
    const drawn = document.querySelector<HTMLCanvasElement>('canvas.captions-drawn')
    if (drawn === null) return null
    const copy = new OffscreenCanvas(drawn.width, drawn.height)
    const context = copy.getContext('2d')
    context?.drawImage(drawn, 0, 0)
    const { data } = context?.getImageData(0, 0, drawn.width, drawn.height) ?? { data: [] }
    let [left, top, right, bottom] = [Infinity, Infinity, -1, -1]
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.slice(at, at + 4)
      if (red < 200 || green > 60 || blue > 60 || alpha < 200) continue
      const x = (at / 4) % drawn.width
      const y = Math.floor(at / 4 / drawn.width)
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
    }
    if (right < 0) return null
    const part = (pixels: number, of: number): number => Math.round((pixels / of) * 100)
    return {
      left: part(left, drawn.width),
      top: part(top, drawn.height),
      right: part(right, drawn.width),
      bottom: part(bottom, drawn.height),
    }
  })
}

/** Waits until {@link redPlace} is somewhere, or nowhere. */
export async function untilRed(page: Page, isThere: boolean): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (((await redPlace(page)) !== null) === isThere) return
    await page.waitForTimeout(100)
  }
  throw new Error(isThere ? 'nothing red was ever drawn' : 'something red stayed')
}
