import type { ServerLanguage } from '../language-choice.ts'

/** The server's own sentences; values stand in double braces. What is about rights is in packages/rights. */
const WORDS = {
  en: {
    'slip.free-by': '{{basis}}: {{licence}}.',
    'slip.free': '{{basis}}.',
    'slip.elsewhere': 'It is offered elsewhere: {{places}}.',
    'slip.confidence': '{{confidence}}.',
    'slip.missing': 'We don’t know yet {{missing}}.',
    'slip.checked': 'Checked by {{who}} on {{day}}.',
    'slip.bundled': 'It came with Matinee.',
    'slip.signed': '{{feed}}, which signed it.',
    'slip.signed-old': '{{feed}}, which signed it. Last confirmed {{days}} days ago.',
    'list.chosen-by': 'Chosen by {{curator}}.',
    'slip.withdrawn': '{{by}} withdrew it on {{day}}.',
    'slip.own-copy': 'a copy that is here',
    'slip.no': 'no',
    'slip.nowhere': 'Nowhere',
    'slip.evidence': '{{kind}} {{speaker}}',
    'episode.number': 'Episode {{number}}',
    'season.number': 'Season {{number}}',
    'season.specials': 'Specials',
    'film.episode': '{{season}}, episode {{number}}: {{title}}',
    'withdrawn.court': 'A court ordered it.',
    'withdrawn.notice': 'Somebody showed that it isn’t free.',
    'withdrawn.licence': 'Its licence isn’t what we thought.',
    'withdrawn.maker': 'Its maker asked for it.',
    'withdrawn.other': 'No other reason is given.',
    'withdrawn.curator': '{{curator}}, for {{feed}}',
    'donation.liberapay': '{{payee}} on Liberapay',
    'donation.open-collective': '{{payee}} on Open Collective',
    'donation.github-sponsors': '{{payee}} on GitHub Sponsors',
    'donation.page': '{{payee}}',
    'donation.lightning': '{{payee}}, by Lightning from a phone wallet',
    'thanks.bundled': 'Named in the record that came with Matinee, nothing more.',
    'thanks.signed': 'Named in the record signed by {{signer}}, nothing more.',
  },
  fr: {
    'slip.free-by': '{{basis}} : {{licence}}.',
    'slip.free': '{{basis}}.',
    'slip.elsewhere': 'Elle est proposée ailleurs : {{places}}.',
    'slip.confidence': '{{confidence}}.',
    'slip.missing': 'Nous ne savons pas encore : {{missing}}.',
    'slip.checked': 'Vérifié par {{who}} le {{day}}.',
    'slip.bundled': 'Livrée avec Matinee.',
    'slip.signed': '{{feed}}, qui l’a signée.',
    'slip.signed-old': '{{feed}}, qui l’a signée. Confirmé il y a {{days}} jours.',
    'list.chosen-by': 'Choisi par {{curator}}.',
    'slip.withdrawn': '{{by}} l’a retirée le {{day}}.',
    'slip.own-copy': 'une copie déjà là',
    'slip.no': 'non',
    'slip.nowhere': 'Nulle part',
    'slip.evidence': '{{kind}} {{speaker}}',
    'episode.number': 'Épisode {{number}}',
    'season.number': 'Saison {{number}}',
    'season.specials': 'Hors-série',
    'film.episode': '{{season}}, épisode {{number}} : {{title}}',
    'withdrawn.court': 'Un tribunal l’a ordonné.',
    'withdrawn.notice': 'Quelqu’un a montré qu’elle n’est pas libre.',
    'withdrawn.licence': 'Sa licence n’est pas celle que l’on croyait.',
    'withdrawn.maker': 'Son auteur l’a demandé.',
    'withdrawn.other': 'Aucune autre raison n’est donnée.',
    'withdrawn.curator': '{{curator}}, pour {{feed}}',
    'donation.liberapay': '{{payee}} sur Liberapay',
    'donation.open-collective': '{{payee}} sur Open Collective',
    'donation.github-sponsors': '{{payee}} sur GitHub Sponsors',
    'donation.page': '{{payee}}',
    'donation.lightning': '{{payee}}, par Lightning depuis un téléphone',
    'thanks.bundled': 'Nommé dans la fiche livrée avec Matinee, rien de plus.',
    'thanks.signed': 'Nommé dans la fiche signée par {{signer}}, rien de plus.',
  },
} as const satisfies Record<ServerLanguage, Record<string, string>>

/** A sentence of the server's. */
export type ServerWord = keyof (typeof WORDS)['en']

/** A sentence with its values filled in, as plain text. */
export function serverText(
  language: ServerLanguage,
  key: ServerWord,
  values: Readonly<Record<string, string>> = {},
): string {
  return WORDS[language][key].replaceAll(/\{\{(\w+)\}\}/gu, (written, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? written) : written,
  )
}
