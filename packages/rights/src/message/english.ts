/**
 * The words of this package in English, by message key. Keys are built from the names of the values they
 * put into words (`rights.act.watch`, `rights.missing.notice`), so that the compiler finds a lacking one.
 * Values stand in double braces, as i18next reads them: a page may load the whole table as a resource.
 */
export const ENGLISH = {
  'rights.question': 'May I watch and share this?',
  'rights.answer.yes': 'Yes.',
  'rights.answer.yes-but': 'Yes, but.',
  'rights.answer.depends': 'Depends.',
  'rights.answer.no-longer': 'No longer.',
  'rights.answer.no': 'No.',

  'rights.act.watch': 'Watch and keep',
  'rights.act.share': 'Pass it on',
  'rights.act.screen': 'Show it in public',
  'rights.act.translate': 'Translate',
  'rights.act.remix': 'Remix',
  'rights.act.sell': 'Make money with it',

  'rights.permission.yes': 'yes',
  'rights.permission.yes-if': 'yes, {{conditions}}',
  'rights.permission.no': 'no',
  'rights.permission.unknown': 'not known yet',
  'rights.condition.attribution': 'with credit',
  'rights.condition.share-alike': 'under the same licence',
  'rights.condition.non-commercial': 'without payment',
  'rights.condition.unmodified': 'unchanged',
  'rights.condition.licence-text': 'with the licence’s text',

  'rights.basis.licence': 'A free licence',
  'rights.basis.submission': 'Sent in by its maker',
  'rights.basis.public-domain-term': 'Public domain',
  'rights.basis.public-domain-mark': 'Marked as public domain',
  'rights.basis.rights-statement': 'An archive’s statement',
  'rights.basis.in-copyright': 'In copyright',
  'rights.basis.disputed': 'Disputed',

  'rights.rule.us-government': 'made by the United States government',
  'rights.rule.us-no-notice': 'published in the United States without a copyright notice',
  'rights.rule.us-no-notice-1978':
    'published in the United States without a notice, and not registered within five years',
  'rights.rule.us-not-renewed': 'its copyright in the United States wasn’t renewed',
  'rights.rule.us-95y': '95 years after publication',
  'rights.rule.us-for-hire': '95 years after publication, or 120 after it was made',
  'rights.rule.us-life70': '70 years after its last author’s death',
  'rights.rule.eu-life70': '70 years after its last author’s death',
  'rights.rule.eu-producer50': '50 years after publication, for its producer',
  'rights.rule.es-life80': 'in Spain, 80 years after its last author’s death',

  'rights.refusal.withdrawn': 'The catalogue withdrew it.',
  'rights.refusal.denied': 'It isn’t free here, or somebody says so with reason.',
  'rights.refusal.protected': 'It is protected until {{until}} at least.',
  'rights.refusal.protected-open': 'It is protected, and no end is known.',
  'rights.refusal.unproven': 'We can’t say yet, so Matinee doesn’t offer it here.',

  'rights.confidence.high': 'Well established',
  'rights.confidence.medium': 'Established',
  'rights.confidence.low': 'Rests on somebody else’s word',

  'rights.missing.country': 'the country you’re in',
  'rights.missing.rights-entry': 'anything about the rights here',
  'rights.missing.verification': 'a person’s decision',
  'rights.missing.validity': 'leave for this day',
  'rights.missing.evidence': 'evidence',
  'rights.missing.check': 'who checked it',
  'rights.missing.second-check': 'a second person’s check',
  'rights.missing.snapshot': 'a kept copy of the evidence',
  'rights.missing.first-hand-evidence': 'word from its maker or an archive',
  'rights.missing.licence-terms': 'a licence that we know',
  'rights.missing.permission-text': 'the text of the permission',
  'rights.missing.permission-to-share': 'leave for everybody to pass it on',
  'rights.missing.determination': 'a finding that nobody holds rights in it',
  'rights.missing.term-facts': 'when it was published and who made it',
  'rights.missing.term-rule': 'this country’s rule',
  'rights.missing.publication': 'when it was first published',
  'rights.missing.origin': 'where it was first published',
  'rights.missing.notice': 'whether its copies carried a copyright notice',
  'rights.missing.renewal': 'whether its copyright was renewed',
  'rights.missing.registration': 'whether its copyright was registered',
  'rights.missing.authorship': 'whether it was made for hire',
  'rights.missing.shorter-term': 'whether its own country’s shorter protection counts here',
  'rights.missing.author': 'who was the {{role}}',
  'rights.missing.death': 'when {{name}} died',
  'rights.missing-of': '{{missing}} (“{{of}}”)',

  'rights.role.director': 'director',
  'rights.role.screenplay': 'writer',
  'rights.role.dialogue': 'writer of the dialogue',
  'rights.role.composer': 'composer',
  'rights.role.author': 'author',

  'rights.component.film': 'Film',
  'rights.component.underlying': 'Story it was made from',
  'rights.component.music': 'Music',
  'rights.component.subtitles': 'Subtitles',
  'rights.component.poster': 'Poster',

  'rights.evidence.page': 'Page',
  'rights.evidence.email': 'Letter',
  'rights.evidence.contract': 'Contract',
  'rights.evidence.registry': 'Registry',
  'rights.evidence.deposit': 'Deposit',
  'rights.evidence.submission': 'Maker’s form',
  'rights.speaker.rightholder': 'by its maker',
  'rights.speaker.institution': 'by an archive or registry',
  'rights.speaker.third-party': 'by somebody else',

  'rights.withdrawal.court-or-notice': 'A court or a notice asked for it.',
  'rights.withdrawal.licence-error': 'The rights weren’t what the record said.',
  'rights.withdrawal.makers-wish': 'Its maker asked for it.',

  'rights.place.worldwide': 'Everywhere',
  'rights.credit.title': '“{{title}}”',
  'rights.credit.title-by': '{{title}} by {{authors}}',
  'rights.credit.public-domain': 'public domain',
  'rights.credit.public-domain-in': 'public domain ({{places}})',
  'rights.credit.modified': 'changed: {{modifications}}',
  'rights.credit.own-terms': 'with its maker’s permission',
  'rights.credit.titles-play': 'Whoever shows or passes on the film shows its credits too.',
} as const

/** A key of this package's messages. */
export type RightsMessageKey = keyof typeof ENGLISH

/** All messages in one language. */
export type RightsMessages = Readonly<Record<RightsMessageKey, string>>
