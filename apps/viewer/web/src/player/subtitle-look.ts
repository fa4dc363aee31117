/** How subtitles look; every part one of a few, so that nothing odd can come from where it's kept. */
export const LOOKS = {
  size: ['small', 'usual', 'large', 'huge'],
  place: ['low', 'raised', 'high'],
  colour: ['cream', 'white', 'yellow'],
  background: ['box', 'shade', 'outline'],
} as const

export type LookPart = keyof typeof LOOKS

export interface SubtitleLook {
  readonly size: (typeof LOOKS.size)[number]
  readonly place: (typeof LOOKS.place)[number]
  readonly colour: (typeof LOOKS.colour)[number]
  readonly background: (typeof LOOKS.background)[number]
}

export const USUAL_LOOK: SubtitleLook = {
  size: 'usual',
  place: 'low',
  colour: 'cream',
  background: 'box',
}

/** The look that {@link formatLook} wrote; what it doesn't say, or says oddly, is usual. */
export function parseLook(text: string | null): SubtitleLook {
  const [size, place, colour, background] = (text ?? '').split(' ', 4)
  return {
    size: LOOKS.size.find((name) => name === size) ?? USUAL_LOOK.size,
    place: LOOKS.place.find((name) => name === place) ?? USUAL_LOOK.place,
    colour: LOOKS.colour.find((name) => name === colour) ?? USUAL_LOOK.colour,
    background: LOOKS.background.find((name) => name === background) ?? USUAL_LOOK.background,
  }
}

/** A look in one line, to be kept. */
export function formatLook({ size, place, colour, background }: SubtitleLook): string {
  return [size, place, colour, background].join(' ')
}
