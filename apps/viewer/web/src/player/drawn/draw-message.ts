/** What the worker that draws is asked: one picture after another. Everything but the moment only when it's new. */
export interface DrawOrder {
  /** In the script's own time. */
  readonly seconds: number
  /** By {@link AssDrawing}; null = the one before. */
  readonly script: string | null
  /** In pixels, as wide and high as the film shows; null = as before. */
  readonly size: DrawnSize | null
}

export interface DrawnSize {
  readonly width: number
  readonly height: number
}

/** What it tells: that it has begun, and then once for each order how that went. */
export type DrawNews =
  | { readonly kind: 'ready' }
  /** Null = as it was. */
  | { readonly kind: 'drawn'; readonly picture: ImageBitmap | null }
  /** Nothing can be drawn in this browser, or of this script. */
  | { readonly kind: 'failed' }
