/** Bytes of a disk gigabyte, as disks are sold. */
export const GIGABYTE = 1_000_000_000

/** "250 kB/s": a rate for people, in the language of the page. */
export function rateWords(bytesPerSecond: number, language: string): string {
  const isLarge = bytesPerSecond >= 1_000_000
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: isLarge ? 'megabyte-per-second' : 'kilobyte-per-second',
    maximumFractionDigits: 1,
  }).format(bytesPerSecond / (isLarge ? 1_000_000 : 1000))
}

/** "12 GB": a size for people, in the language of the page. */
export function sizeWords(bytes: number, language: string): string {
  const [unit, divisor] =
    bytes >= GIGABYTE
      ? (['gigabyte', GIGABYTE] as const)
      : bytes >= 1_000_000
        ? (['megabyte', 1_000_000] as const)
        : (['kilobyte', 1000] as const)
  const amount = bytes / divisor
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    maximumFractionDigits: amount < 10 ? 1 : 0,
  }).format(amount)
}
