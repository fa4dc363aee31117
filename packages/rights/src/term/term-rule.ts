/** The rules of law that decide a term, and where each is written. */
export const TERM_RULE_LAWS = {
  'us-government': '17 USC 105',
  'us-no-notice': 'Copyright Act of 1909, sections 9 and 18',
  'us-no-notice-1978': '17 USC 405(a)',
  'us-not-renewed': 'Copyright Act of 1909, section 23; 17 USC 304(a)',
  'us-95y': '17 USC 304',
  'us-for-hire': '17 USC 302(c)',
  'us-life70': '17 USC 302(a)',
  'eu-life70': 'Directive 2006/116/EC, articles 1 and 2(2)',
  'eu-producer50': 'Directive 2006/116/EC, article 3(3)',
  'es-life80': 'Real Decreto Legislativo 1/1996, disposición transitoria cuarta',
} as const

/** One of {@link TERM_RULE_LAWS}. */
export type TermRule = keyof typeof TERM_RULE_LAWS
