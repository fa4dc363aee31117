import { MIN_DISK_BUDGET_BYTES, type Settings } from '#api'

/** More than most people mean by "a few films". */
const MAX_FIRST_BUDGET_BYTES = 50e9

/** What is known of the machine without asking anybody outside. */
export interface Surroundings {
  /** BCP 47, as the system has it. */
  readonly locale: string
  /** Absolute. */
  readonly mediaFolder: string
  /** Null = the system doesn't say. */
  readonly freeBytes: number | null
}

/**
 * What we propose at the first run. The country is the locale's region, where it names one: nothing is looked
 * up. Half of the free disk, at most 50 GB, may be used.
 */
export function firstSettings({ locale, mediaFolder, freeBytes }: Surroundings): Settings {
  const { language, region } = new Intl.Locale(locale)
  const country = region !== undefined && /^[A-Z]{2}$/u.test(region) ? region : null
  const languages = language === 'en' ? ['en'] : [language, 'en']
  const half = Math.floor((freeBytes ?? 2 * MAX_FIRST_BUDGET_BYTES) / 2)
  return {
    sharing: 'share',
    country,
    languages,
    subtitles: language === 'en' ? [] : [language],
    mediaFolder,
    diskBudgetBytes: Math.min(MAX_FIRST_BUDGET_BYTES, Math.max(MIN_DISK_BUDGET_BYTES, half)),
    uploadBytesPerSecond: null,
    keepBytesPerSecond: null,
    dht: true,
    prepare: true,
    playNext: true,
    thanks: true,
    giveBack: true,
    countAudience: true,
    quietHours: null,
  }
}
