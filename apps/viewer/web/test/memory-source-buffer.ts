/** Bytes that last a second, whatever they are. */
export const SECOND_BYTES = 1000

/** A `SourceBuffer` as far as pieces are fed to it, and one run is in it. */
export class MemorySourceBuffer extends EventTarget implements SourceBuffer {
  appendWindowEnd = Infinity
  appendWindowStart = 0
  mode: AppendMode = 'segments'
  onabort = null
  onerror = null
  onupdate = null
  onupdateend = null
  onupdatestart = null
  updating = false
  /** All that was appended. */
  text = ''
  #offset = 0
  #start = 0
  #end = 0

  get timestampOffset(): number {
    return this.#offset
  }

  set timestampOffset(seconds: number) {
    this.#offset = seconds
    if (seconds > this.#end) this.#start = seconds
    this.#end = Math.max(this.#end, seconds)
  }

  get buffered(): TimeRanges {
    const [start, end] = [this.#start, this.#end]
    return { length: end > start ? 1 : 0, start: () => start, end: () => end }
  }

  appendBuffer(data: BufferSource): void {
    this.updating = true
    queueMicrotask(() => {
      this.text += new TextDecoder().decode(data)
      this.#end += data.byteLength / SECOND_BYTES
      this.updating = false
      this.dispatchEvent(new Event('updateend'))
    })
  }

  abort(): void {}
  changeType(): void {}
  remove(): void {}
}
