import { concatBytes, utf8Bytes } from '@matinee/base'
import { CAST_LIMITS } from '../cast-limits.ts'

/** Chromecasts, as mDNS has them (RFC 6763). */
const SERVICE = '_googlecast._tcp.local'

const TYPE_PTR = 12
const TYPE_TXT = 16
const TYPE_SRV = 33

/** A Chromecast as its answer describes it. Where it is, is who answered. */
export interface ChromecastAnswer {
  readonly port: number
  /** Not cleaned yet. */
  readonly name: string
  readonly model: string
}

/**
 * The question for Chromecasts: one PTR, asking to be answered directly (RFC 6762 5.4, 6.7: a question from another port
 * than 5353 is).
 */
export function mdnsQuestion(): Uint8Array {
  const labels = SERVICE.split('.').flatMap((label) => [
    Uint8Array.of(label.length),
    utf8Bytes(label),
  ])
  return concatBytes([
    Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
    ...labels,
    // The root, PTR, and class IN with the bit for an answer to us alone.
    Uint8Array.of(0, 0, TYPE_PTR, 0x80, 1),
  ])
}

/** What an answer says of a Chromecast; null for whatever is none, or isn't well formed. Reads no more than the datagram, and of it at most 64 records. */
export function parseMdnsAnswer(bytes: Uint8Array): ChromecastAnswer | null {
  if (bytes.length > CAST_LIMITS.answerBytes) return null
  try {
    return answerOf(new DnsReader(bytes))
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function answerOf(reader: DnsReader): ChromecastAnswer | null {
  reader.uint16()
  const flags = reader.uint16()
  // A question, or an error.
  if ((flags & 0x8000) === 0 || (flags & 0xf) !== 0) return null
  const questions = reader.uint16()
  const records = reader.uint16() + reader.uint16() + reader.uint16()
  for (let at = 0; at < Math.min(questions, 4); at++) {
    reader.name()
    reader.skip(4)
  }
  let port: number | null = null
  let texts: ReadonlyMap<string, string> | null = null
  let isCast = false
  for (let at = 0; at < Math.min(records, CAST_LIMITS.dnsRecords); at++) {
    const name = reader.name().toLowerCase()
    const type = reader.uint16()
    reader.skip(6)
    const length = reader.uint16()
    const end = reader.at + length
    if (type === TYPE_PTR && name === SERVICE) isCast = true
    else if (type === TYPE_SRV && name.endsWith(`.${SERVICE}`)) {
      isCast = true
      reader.skip(4)
      port ??= reader.uint16()
    } else if (type === TYPE_TXT && name.endsWith(`.${SERVICE}`)) {
      isCast = true
      texts ??= reader.texts(end)
    }
    reader.moveTo(end)
  }
  if (!isCast || port === null || port === 0 || texts === null) return null
  return { port, name: texts.get('fn') ?? '', model: texts.get('md') ?? '' }
}

/** Walks through a DNS message. Throws `RangeError` where it ends too soon. */
class DnsReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get at(): number {
    return this.#at
  }

  uint16(): number {
    return this.#byte() * 256 + this.#byte()
  }

  skip(bytes: number): void {
    this.moveTo(this.#at + bytes)
  }

  moveTo(at: number): void {
    if (at > this.#bytes.length) throw new RangeError('the message ends')
    this.#at = at
  }

  /** A name as labels joined by dots. References lead backwards only, so that none leads in a circle (RFC 1035 4.1.4). */
  name(): string {
    const labels: string[] = []
    let after: number | null = null
    let limit = this.#at
    for (let characters = 0; characters <= 255;) {
      const length = this.#byte()
      if (length === 0) {
        if (after !== null) this.#at = after
        return labels.join('.')
      }
      if (length >= 0xc0) {
        const target = (length & 0x3f) * 256 + this.#byte()
        if (target >= limit) throw new RangeError('a reference that leads forward')
        after ??= this.#at
        limit = target
        this.#at = target
      } else if (length < 0x40) {
        labels.push(this.#text(length))
        characters += length + 1
      } else throw new RangeError('a label of no known kind')
    }
    throw new RangeError('a name that is too long')
  }

  /** `key=value` texts up to `end`; of equal keys the first counts (RFC 6763 6.4). */
  texts(end: number): ReadonlyMap<string, string> {
    const out = new Map<string, string>()
    while (this.#at < end) {
      const text = this.#text(this.#byte())
      const split = text.indexOf('=')
      const key = text.slice(0, split).toLowerCase()
      if (split > 0 && !out.has(key)) out.set(key, text.slice(split + 1))
    }
    return out
  }

  #text(length: number): string {
    const start = this.#at
    this.skip(length)
    return DECODER.decode(this.#bytes.subarray(start, this.#at))
  }

  #byte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw new RangeError('the message ends')
    this.#at++
    return byte
  }
}

const DECODER = new TextDecoder()
