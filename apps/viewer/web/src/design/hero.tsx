import { useLayoutEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react'
import type { Inks } from '../poster/inks.ts'
import { isMeasured, measureDisplay, measureScript } from '../poster/advance.ts'
import { inkStyle } from '../poster/ink-style.ts'
import { inksOf } from '../poster/palette.ts'
import type { PosterRecord } from '../poster/poster-record.ts'
import { Poster } from '../poster/poster.tsx'
import { fitBlock, type TitleBlock } from '../poster/title-block.ts'
import './hero.css'

/** tan 12°. */
const BEAM = 0.2126
/** Width axis of titles, and the space that a title keeps from the cut. */
const [WIDTH, CLEARANCE] = [80, 24]

/** Properties of {@link Hero}. */
export interface HeroProps {
  readonly record: PosterRecord
  /** Inks that the record pins. Default: those that belong to its id. */
  readonly inks?: Inks
  /** 16:9 or wider; null or absent: `picture`, else the work's art. */
  readonly stillUrl?: string | null
  /** A drawing in the work's inks, instead of its art. */
  readonly picture?: ReactNode
  /** Over the title, when the page says why this one. */
  readonly label?: string
  /** Who, when, how long, in which languages. */
  readonly facts: ReactNode
  /** One or two buttons, in `on-panel` variants. */
  readonly acts: ReactNode
  /** Beside the buttons: "Out by 20:36". */
  readonly outBy?: string
  /** Language of the title, when it isn't the page's. */
  readonly titleLanguage?: string | null
}

/** A work on its own colours: panel, cut at 12 degrees, and picture. Its title is the page's heading. */
export function Hero({
  record,
  inks = inksOf(record),
  stillUrl = null,
  picture,
  label,
  facts,
  acts,
  outBy,
  titleLanguage = null,
}: HeroProps): ReactNode {
  const panel = useRef<HTMLDivElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const { block, slant } = useFittedTitle(record.title, panel, title)
  const style: CSSProperties & Record<'--slant', string> = {
    ...inkStyle(inks),
    '--slant': `${slant}px`,
  }
  return (
    <section className="hero" style={style}>
      <div className="hero-picture" aria-hidden="true">
        {stillUrl !== null ? (
          <img src={stillUrl} alt="" width={1280} height={720} />
        ) : (
          (picture ?? <Poster record={record} inks={inks} mode="art" />)
        )}
      </div>
      <div className="hero-panel" ref={panel}>
        {label === undefined ? null : <p className="hero-label">{label}</p>}
        <h1
          className="hero-title"
          ref={title}
          lang={titleLanguage ?? undefined}
          style={{ fontSize: `${block.size}px` }}
        >
          {block.lines.map((line, at) => (
            // Lines of one title: their places are their names.
            // oxlint-disable-next-line react/no-array-index-key
            <span key={at}>
              <bdi>{line}</bdi>{' '}
            </span>
          ))}
        </h1>
        <div className="hero-facts">{facts}</div>
        <div className="hero-acts">
          {acts}
          {outBy === undefined ? null : <span className="hero-out-by">{outBy}</span>}
        </div>
      </div>
    </section>
  )
}

/** The title in lines that end before the cut at their own height, and how far the cut moves sideways. */
function useFittedTitle(
  text: string,
  panel: { readonly current: HTMLElement | null },
  title: { readonly current: HTMLElement | null },
): { readonly block: TitleBlock; readonly slant: number } {
  const [fitted, setFitted] = useState<{ block: TitleBlock; slant: number }>({
    block: { lines: [text], size: 56 },
    slant: 0,
  })
  useLayoutEffect(() => {
    const box = panel.current
    const heading = title.current
    if (box === null || heading === null) return undefined
    const fit = (): void => {
      const style = getComputedStyle(box)
      const isCut = style.getPropertyValue('--is-cut').trim() === '1'
      const [before, after] = [
        parseFloat(style.paddingInlineStart),
        parseFloat(style.paddingInlineEnd),
      ]
      const cut = isCut ? BEAM : 0
      const width = isCut
        ? box.clientWidth - before - CLEARANCE - BEAM * heading.offsetTop
        : box.clientWidth - before - after
      setFitted({
        block: fitHeroTitle(text, width, cut, isCut ? 136 : 84),
        slant: isCut ? box.offsetHeight * BEAM : 0,
      })
    }
    const observer = new ResizeObserver(fit)
    observer.observe(box)
    fit()
    return () => observer.disconnect()
  }, [text, panel, title])
  return fitted
}

function fitHeroTitle(text: string, width: number, cut: number, most: number): TitleBlock {
  const isLatin = isMeasured(text)
  const widthOf = (line: string): number =>
    isLatin ? measureDisplay(line, WIDTH) : measureScript(line, WIDTH)
  const box = { width, height: 2.9 * most, most, lead: 0.94, cut }
  const block = fitBlock(text, { ...box, height: 1.9 * most, mostLines: 3 }, widthOf)
  if (block.size >= 56) return block
  const long = fitBlock(text, { ...box, mostLines: 6 }, widthOf)
  return long.size > block.size ? long : block
}
