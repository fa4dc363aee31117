/** Subtitles that the viewer chose by hand: they hold for the next episode, too. Null = none. */
export interface SubtitleWish {
  readonly language: string | null
}
