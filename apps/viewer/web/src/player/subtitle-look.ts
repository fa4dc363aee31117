/** How subtitles look; every part one of a few, so that nothing odd can come from where it's kept. */
export const LOOKS = {
  size: ['small', 'usual', 'large', 'huge'],
  place: ['low', 'raised', 'high'],
  colour: ['cream', 'white', 'yellow'],
  background: ['box', 'shade', 'outline'],
  face: ['usual', 'legible'],
} as const

export type LookPart = keyof typeof LOOKS

export interface SubtitleLook {
  readonly size: (typeof LOOKS.size)[number]
  readonly place: (typeof LOOKS.place)[number]
  readonly colour: (typeof LOOKS.colour)[number]
  readonly background: (typeof LOOKS.background)[number]
  readonly face: (typeof LOOKS.face)[number]
}

export const USUAL_LOOK: SubtitleLook = {
  size: 'usual',
  place: 'low',
  colour: 'cream',
  background: 'box',
  face: 'usual',
}

/** The look that {@link formatLook} wrote; what it doesn't say, or says oddly, is usual. */
export function parseLook(text: string | null): SubtitleLook {
  const [size, place, colour, background, face] = (text ?? '').split(' ', 5)
  return {
    size: LOOKS.size.find((name) => name === size) ?? USUAL_LOOK.size,
    place: LOOKS.place.find((name) => name === place) ?? USUAL_LOOK.place,
    colour: LOOKS.colour.find((name) => name === colour) ?? USUAL_LOOK.colour,
    background: LOOKS.background.find((name) => name === background) ?? USUAL_LOOK.background,
    face: LOOKS.face.find((name) => name === face) ?? USUAL_LOOK.face,
  }
}

/** A look in one line, to be kept. */
export function formatLook({ size, place, colour, background, face }: SubtitleLook): string {
  return [size, place, colour, background, face].join(' ')
}
