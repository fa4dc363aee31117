import type { StreamStatus } from '#api'
import type { Sentence } from '../i18n/text-key.ts'

/** How numbers are written in the page's language. */
export interface NumberWords {
  /** `0.43` → `43 %` */
  percent(fraction: number): string
  /** `1500000` → `12 Mbit/s` */
  rate(bytesPerSecond: number): string
  /** `5400000` → `5.4 MB` */
  size(bytes: number): string
}

/** Slower than this isn't worth a number. */
const LEAST_RATE_BYTES_PER_SECOND = 1000

/** With more film than this ahead nobody wonders. */
const MOST_AHEAD_SECONDS = 120

/**
 * What the swarm is doing, in one to four sentences.
 *
 * @param aheadSeconds of film that could be shown without another byte
 */
export function swarmWords(
  status: StreamStatus,
  words: NumberWords,
  aheadSeconds = 0,
): readonly Sentence[] {
  const { phase, bytes } = status
  const isWhole = bytes.have >= bytes.length
  const have: Sentence = { key: 'swarm.have', values: { part: percentOf(bytes, words) } }
  switch (phase.kind) {
    case 'starting':
      return [{ key: 'swarm.starting' }]
    case 'finding-people':
      return [{ key: 'swarm.finding' }, have]
    case 'checking':
      return [{ key: 'swarm.checking', values: { part: words.percent(phase.fraction) } }]
    case 'failed':
      return [{ key: 'swarm.failed' }, have]
    case 'live':
      return isWhole
        ? [{ key: 'swarm.whole' }, passedOn(status, words)]
        : [arriving(status, words), ...ahead(aheadSeconds), ...unkept(status), have]
  }
}

function unkept({ diskTrouble }: StreamStatus): readonly Sentence[] {
  if (diskTrouble === null) return []
  return [{ key: diskTrouble === 'full' ? 'swarm.disk-full' : 'swarm.disk-refused' }]
}

function ahead(seconds: number): readonly Sentence[] {
  if (seconds < 1 || seconds > MOST_AHEAD_SECONDS) return []
  return [{ key: 'swarm.ahead', values: { count: seconds } }]
}

function arriving({ people, rates, webSeeds }: StreamStatus, words: NumberWords): Sentence {
  const { downBytesPerSecond } = rates
  if (people.connected === 0 && webSeeds > 0)
    return { key: 'swarm.web', values: { rate: words.rate(downBytesPerSecond) } }
  if (downBytesPerSecond < LEAST_RATE_BYTES_PER_SECOND)
    return { key: 'swarm.connected', values: { count: people.connected } }
  return {
    key: 'swarm.sending',
    values: { count: Math.max(1, people.sending), rate: words.rate(downBytesPerSecond) },
  }
}

function passedOn({ bytes, rates }: StreamStatus, words: NumberWords): Sentence {
  if (rates.upBytesPerSecond >= LEAST_RATE_BYTES_PER_SECOND)
    return { key: 'swarm.passing', values: { rate: words.rate(rates.upBytesPerSecond) } }
  return bytes.passedOn > 0
    ? { key: 'swarm.passed', values: { size: words.size(bytes.passedOn) } }
    : { key: 'swarm.nobody-asks' }
}

/** Never rounded up to the whole: 100 % means all of it. */
function percentOf(bytes: StreamStatus['bytes'], words: NumberWords): string {
  const fraction = bytes.length === 0 ? 0 : bytes.have / bytes.length
  return words.percent(fraction >= 1 ? 1 : Math.floor(fraction * 100) / 100)
}

/** {@link NumberWords} of a language, by the browser's own knowledge of it. */
export function numberWords(language: string): NumberWords {
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const short = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 })
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const number = (value: number): string => (value < 10 ? short : whole).format(value)
  const isFrench = language.startsWith('fr')
  return {
    percent: (fraction) => percent.format(fraction),
    rate: (bytesPerSecond) => {
      const kilobits = (bytesPerSecond * 8) / 1000
      return kilobits < 1000
        ? `${number(kilobits)}\u00a0kbit/s`
        : `${number(kilobits / 1000)}\u00a0Mbit/s`
    },
    size: (bytes) => {
      const [mega, giga] = isFrench ? ['Mo', 'Go'] : ['MB', 'GB']
      const megabytes = bytes / 1e6
      return megabytes < 1000
        ? `${number(megabytes)}\u00a0${mega}`
        : `${number(megabytes / 1000)}\u00a0${giga}`
    },
  }
}
