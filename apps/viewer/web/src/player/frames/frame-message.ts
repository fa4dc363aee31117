/** What the worker of key frames is told: first the film, then moments, one after another. */
export type FrameOrder =
  | {
      readonly kind: 'open'
      /** Of the film, absolute. */
      readonly url: string
    }
  /** Answered by one {@link FrameNews}. The next is told after that. */
  | { readonly kind: 'at'; readonly seconds: number }

/** What the worker tells. */
export type FrameNews<Picture = ImageBitmap> =
  /** Whoever gets the picture closes it. */
  | { readonly kind: 'picture'; readonly picture: Picture }
  /** Nothing of that moment is here. */
  | { readonly kind: 'none' }
  /** There will be none of this film. */
  | { readonly kind: 'never' }
