import type { SeededRandom } from '../seeded-random.ts'

/** A language of made-up works: what its words are made of. */
interface MadeLanguage {
  readonly tag: string
  readonly starts: string
  readonly middles: string
  readonly ends: string
  /** Written without spaces. */
  readonly isUnspaced?: boolean
}

/** Enough of each language that its words look, fold and sort like that language's. */
const LANGUAGES: readonly MadeLanguage[] = [
  {
    tag: 'en',
    starts: 'b br c ch d f fl g gr h j k l m n p pl r s sh st t th tr w wh',
    middles: 'a e i o u ea ee oo ai ou',
    ends: 'd ck ll n nd ng r rn s st t th w y er le',
  },
  {
    tag: 'fr',
    starts: 'b br ch d f g gr j l m n p pr qu r s t v',
    middles: 'a e é è i o ou oi au œu ê',
    ends: 'l lle ne r re s t te ux ç nt x gne',
  },
  {
    tag: 'de',
    starts: 'b d f g h j k kl l m n pf r s sch st t w z',
    middles: 'a e i o u ä ö ü ei ie au',
    ends: 'ch ß n nd ng r rt s st t tz lich en',
  },
  {
    tag: 'pl',
    starts: 'b cz d g j k ł m n p prz r s ś sz w z ż',
    middles: 'a ą e ę i o ó u y ie',
    ends: 'ć dz ń ł k ka ki ść w wa cz',
  },
  {
    tag: 'da',
    starts: 'b br d f g h k l m n r s sk t v',
    middles: 'a e i o u æ ø å ei',
    ends: 'd g l ld n nd r t de er en',
  },
  {
    tag: 'ja',
    starts: '東 京 物 語 夜 月 花 風 海 山 川 空 雨 雪 春 夏 秋 冬 父 母',
    middles: '人 日 本 女 男 子 家 町 村 道 旅 夢 心 愛 死 生 白 黒 赤 青',
    ends: 'の と 話 記 伝 歌 唄 々 城 門',
    isUnspaced: true,
  },
  {
    tag: 'ru',
    starts: 'б в г д ж з к л м н п р с т х ч ш',
    middles: 'а е ё и о у ы я ю',
    ends: 'й к л н р с т ть ка на ов ий',
  },
  {
    tag: 'ar',
    starts: 'ب ت ج ح خ د ر س ش ع غ ف ق ك ل م ن',
    middles: 'ا و ي َ ِ ُ',
    ends: 'ة ى ن م ر ل د ب',
  },
  {
    tag: 'el',
    starts: 'β γ δ κ λ μ ν π ρ σ τ φ χ',
    middles: 'α ά ε έ η ή ι ί ο ό ω ώ',
    ends: 'ς ν ρος της μα',
  },
]

/** How often a made-up work is in each language, in their order. */
const SHARES = [46, 12, 9, 6, 4, 8, 7, 5, 3]

/** Made-up words: few that are everywhere and many that are rare, as in any language. */
export class MadeWords {
  readonly #random: SeededRandom
  readonly #words: ReadonlyMap<string, readonly string[]>

  /** @param perLanguage distinct words of a language, about */
  constructor(random: SeededRandom, perLanguage: number) {
    this.#random = random
    this.#words = new Map(
      LANGUAGES.map((language) => {
        const made = random.fork(`words ${language.tag}`)
        return [language.tag, Array.from({ length: perLanguage }, () => word(made, language))]
      }),
    )
  }

  /** A language's tag, the frequent ones more often. */
  language(): string {
    let left = this.#random.below(SHARES.reduce((sum, share) => sum + share, 0))
    for (const [index, share] of SHARES.entries()) {
      left -= share
      if (left < 0) return LANGUAGES[index]?.tag ?? 'en'
    }
    return 'en'
  }

  /** Words of a language as a title or sentence has them. */
  phrase(tag: string, count: number): string {
    const words = this.#words.get(tag) ?? []
    const language = LANGUAGES.find((each) => each.tag === tag)
    const picked = Array.from({ length: count }, () => words[this.zipf(words.length)] ?? '')
    const text = picked.join(language?.isUnspaced === true ? '' : ' ')
    return text.charAt(0).toUpperCase() + text.slice(1)
  }

  /** A number below a limit, small ones much more often: the n-th about 1/n as often as the first. */
  zipf(limit: number): number {
    return Math.min(limit - 1, Math.floor((limit + 1) ** this.#random.fraction()) - 1)
  }
}

function word(random: SeededRandom, { starts, middles, ends }: MadeLanguage): string {
  const one = (parts: string): string => random.pick(parts.split(' '))
  const syllables = 1 + random.below(3)
  const made = Array.from({ length: syllables }, () => one(starts) + one(middles))
  return made.join('') + (random.chance(0.8) ? one(ends) : '')
}
