/** The four inks of a work's poster and panels, `#RRGGBB`. Text is `ink` on `ground`, and on nothing else. */
export interface Inks {
  readonly ground: string
  readonly ink: string
  readonly spot: string
  readonly second: string
}
