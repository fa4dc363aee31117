/** Pictures that were drawn, the ones used last. */
export class DrawnFrames<Picture> {
  readonly #most: number
  /** By the moment of their frame, in the order of their last use. */
  readonly #pictures = new Map<number, Picture>()

  /** @param most that are kept */
  constructor(most: number) {
    this.#most = most
  }

  /** The picture of a frame; drawn when it isn't kept. Throws what drawing throws. */
  async of(seconds: number, draw: () => Promise<Picture>): Promise<Picture> {
    const picture = this.#pictures.get(seconds) ?? (await draw())
    this.#pictures.delete(seconds)
    this.#pictures.set(seconds, picture)
    const [oldest] = this.#pictures.keys()
    if (this.#pictures.size > this.#most && oldest !== undefined) this.#pictures.delete(oldest)
    return picture
  }
}
