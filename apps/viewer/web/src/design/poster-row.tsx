import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useText } from '../i18n/text.tsx'
import { IconButton } from './icon-button.tsx'
import { SectionLabel, type SectionLabelProps } from './section-label.tsx'
import './poster-row.css'

/** Properties of {@link PosterRow}. */
export interface PosterRowProps extends Pick<SectionLabelProps, 'heading' | 'note' | 'all'> {
  /** Cards, each with a key: posters, or stills. */
  readonly children: readonly ReactNode[]
  /** Width of a card: that of a poster, or of a 16:9 still. Default: `poster`. */
  readonly cards?: 'poster' | 'still'
}

/**
 * A row that runs off the edge where lines end. It scrolls by touch, wheel, buttons, and the arrow keys, which go
 * from card to card.
 */
export function PosterRow({
  heading,
  note,
  all,
  children,
  cards = 'poster',
}: PosterRowProps): ReactNode {
  const { say } = useText()
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const scroll = (direction: 1 | -1): void => {
    const row = list.current
    if (row === null) return
    const left = direction * sideways(row) * row.clientWidth * 0.8
    row.scrollBy({ left, behavior: behaviour() })
  }
  return (
    <section className="row bleeds" aria-labelledby={id}>
      <div className="row-label">
        <SectionLabel
          id={id}
          heading={heading}
          place="aside"
          {...(note === undefined ? {} : { note })}
          {...(all === undefined ? {} : { all })}
        />
        <span className="row-buttons">
          <IconButton
            icon={ChevronLeft}
            label={say('design.row-back')}
            onClick={() => scroll(-1)}
          />
          <IconButton
            icon={ChevronRight}
            label={say('design.row-forward')}
            onClick={() => scroll(1)}
          />
        </span>
      </div>
      <ul className={`row-cards of-${cards}s`} ref={list} onKeyDown={moveFocus}>
        {children.map((card, index) => (
          // The cards bring their keys; their places in the row never change under them.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>{card}</li>
        ))}
      </ul>
    </section>
  )
}

/** Left and right go to the neighbouring card, Home and End to the first and last. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a, button')]
  const at = links.findIndex((link) => link === document.activeElement)
  if (at < 0) return
  const step = sideways(event.currentTarget)
  const next = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: links.length - 1 }[
    event.key
  ]
  const link = next === undefined ? undefined : links[next]
  if (link === undefined) return
  event.preventDefault()
  link.focus({ preventScroll: true })
  link.scrollIntoView({ block: 'nearest', inline: 'center', behavior: behaviour() })
}

/** 1 where rows run from left to right, -1 where they run the other way. */
function sideways(row: Element): 1 | -1 {
  return getComputedStyle(row).direction === 'rtl' ? -1 : 1
}

/** Rows jump for those who asked for less motion. */
function behaviour(): ScrollBehavior {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth'
}
