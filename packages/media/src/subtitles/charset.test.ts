import { test } from 'node:test'
import assert from 'node:assert/strict'
import { concatBytes, utf8Bytes } from '@matinee/base'
import { encodeAs } from '../../test/charset-bytes.ts'
import { SubtitleError, decodeText, parseSubtitles, plainText } from '../index.ts'

/** A few lines as people speak, in the charset their language was written with before UTF-8. */
const SPOKEN: readonly (readonly [charset: string, language: string, text: string])[] = [
  [
    'windows-1252',
    'fr',
    'Où étiez-vous ?\nJ’étais là, à côté de la fenêtre.\nÇa ne fait rien, mon garçon.',
  ],
  [
    'windows-1252',
    'de',
    'Ich weiß es nicht.\nKönnen wir später über die Tür reden?\nSchöne Grüße!',
  ],
  [
    'windows-1252',
    'es',
    '¿Dónde está el niño?\n¡Mañana será otro día, señor!\nMás allá del jardín.',
  ],
  ['windows-1252', 'sv', 'Får jag gå nu?\nHär är blåbär på köksbordet.\nJag älskar dig också.'],
  [
    'windows-1250',
    'pl',
    'Gdzie są pieniądze?\nNie wiem, może zginęły.\nDziękuję, że przyszłaś. Źle się czuję.',
  ],
  [
    'windows-1250',
    'cs',
    'Kde je můj kůň?\nPřišel včera večer a řekl, že už nepůjde.\nDěkuji, příteli.',
  ],
  [
    'windows-1254',
    'tr',
    'Neredesin şimdi?\nBen de öyle düşünmüştüm, değil mi?\nIşığı kapat, çok yoruldum.',
  ],
  [
    'windows-1251',
    'ru',
    'Где вы были вчера вечером?\nЯ ничего не помню, простите.\nПойдёмте домой, уже поздно.',
  ],
  [
    'windows-1251',
    'uk',
    'Де ви були вчора ввечері?\nЯ нічого не пам’ятаю, вибачте.\nХодімо додому, вже пізно.',
  ],
  [
    'koi8-r',
    'ru',
    'Где вы были вчера вечером?\nЯ ничего не помню, простите.\nПойдемте домой, уже поздно.',
  ],
  [
    'windows-1253',
    'el',
    'Πού ήσουν χθες το βράδυ;\nΔεν θυμάμαι τίποτα, συγγνώμη.\nΠάμε σπίτι, είναι αργά.',
  ],
  [
    'windows-1255',
    'he',
    'איפה היית אתמול בערב?\nאני לא זוכר כלום, סליחה.\nבוא נלך הביתה, כבר מאוחר.',
  ],
  ['windows-1256', 'ar', 'أين كنت مساء أمس؟\nلا أتذكر شيئا، آسف.\nهيا نذهب إلى البيت، الوقت متأخر.'],
  [
    'shift_jis',
    'ja',
    '昨日の夜はどこにいましたか。\n何も覚えていません、ごめんなさい。\nもう遅いから帰りましょう。',
  ],
  [
    'euc-kr',
    'ko',
    '어젯밤에 어디 있었어요?\n아무것도 기억나지 않아요, 미안해요.\n늦었으니 집에 갑시다.',
  ],
  ['gbk', 'zh-CN', '你昨天晚上在哪里？\n我什么都不记得了，对不起。\n太晚了，我们回家吧。'],
  ['big5', 'zh-TW', '你昨天晚上在哪裡？\n我什麼都不記得了，對不起。\n太晚了，我們回家吧。'],
]

for (const [charset, language, text] of SPOKEN) {
  test(`${language} in ${charset} is read without being told anything`, () => {
    assert.equal(decodeText(encodeAs(charset, text)).text, text)
  })

  test(`${language} in ${charset} is read when its language is known, one line of it too`, () => {
    const [line = ''] = text.split('\n').slice(-2)
    assert.equal(decodeText(encodeAs(charset, line), { language }).text, line)
  })
}

const SRT = '1\n00:00:01,000 --> 00:00:02,000\nПривет, мир\n'

test('UTF-8 and UTF-16 are read by their marks, and a mark is never text', () => {
  const little = concatBytes([Uint8Array.of(0xff, 0xfe), encodeAs('utf-16le', SRT)])
  const big = concatBytes([Uint8Array.of(0xfe, 0xff), encodeAs('utf-16be', SRT)])
  const eight = concatBytes([Uint8Array.of(0xef, 0xbb, 0xbf), utf8Bytes(SRT)])
  for (const bytes of [little, big, eight, utf8Bytes(SRT)]) {
    assert.equal(decodeText(bytes).text, SRT)
    const { cues } = parseSubtitles(bytes)
    assert.deepEqual(cues.map(plainText), ['Привет, мир'])
  }
})

test('UTF-16 without a mark is found by the zeros of its digits and blanks', () => {
  for (const charset of ['utf-16le', 'utf-16be'])
    assert.equal(decodeText(encodeAs(charset, SRT)).charset, charset)
})

test('UTF-8 with one broken character stays UTF-8', () => {
  const bytes = concatBytes([utf8Bytes(SPOKEN[0]?.[2] ?? ''), Uint8Array.of(0xe9, 0x20)])
  const { charset, text } = decodeText(bytes)
  assert.equal(charset, 'utf-8')
  assert.ok(text.startsWith('Où étiez-vous'))
})

test('a charset that somebody chose is taken, whatever the bytes look like', () => {
  const bytes = encodeAs('windows-1251', 'Привет')
  assert.equal(decodeText(bytes, { charset: 'windows-1252' }).text, 'Ïðèâåò')
  assert.equal(decodeText(bytes, { charset: 'cp1251' }).charset, 'windows-1251')
})

test('a charset that nobody knows is refused by name', () => {
  assert.throws(
    () => decodeText(Uint8Array.of(1), { charset: 'ebcdic-us' }),
    (error) => error instanceof SubtitleError && error.code === 'unknown-charset',
  )
})
