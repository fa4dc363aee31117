/** The languages a dossier can be in. */
export const DOSSIER_LANGUAGES = ['en', 'fr'] as const

/** One of {@link DOSSIER_LANGUAGES}. */
export type DossierLanguage = (typeof DOSSIER_LANGUAGES)[number]

/** Everything that a dossier says by itself. */
export interface DossierWords {
  readonly title: string
  readonly asOf: string
  readonly operator: string
  readonly contact: string
  readonly noContact: string
  readonly hosting: string
  readonly hostingText: string
  readonly works: string
  readonly noWorks: string
  readonly work: string
  readonly free: string
  readonly where: string
  readonly evidence: string
  readonly copyKept: string
  readonly noCopy: string
  readonly notPublic: string
  readonly checkedBy: string
  readonly access: string
  readonly accessPoints: readonly string[]
  readonly declaration: string
  readonly declarationText: string
  readonly notice: string
  readonly noticeText: string
  readonly signed: string
}

/** What a dossier says, by language. */
export const DOSSIER_WORDS: Readonly<Record<DossierLanguage, DossierWords>> = {
  en: {
    title: 'Dossier of the offer',
    asOf: 'As of',
    operator: 'Operator',
    contact: 'Contact',
    noContact:
      'None named yet. A feed without a contact can receive no notice: name one before handing this in.',
    hosting: 'Hosting',
    hostingText:
      'The works lie on no server of the operator. They are passed on from viewer to viewer over BitTorrent; trackers and web seeds are named in each record.',
    works: 'Works',
    noWorks: 'No work is on offer.',
    work: 'Work',
    free: 'Why it is free',
    where: 'Where',
    evidence: 'Evidence',
    copyKept: 'copy kept, SHA-256',
    noCopy: 'no copy kept',
    notPublic: 'not public',
    checkedBy: 'Checked by',
    access: 'Access',
    accessPoints: [
      'Watching is free of charge, and needs no account.',
      'There is no advertising, and nobody is measured.',
      'No technical measure keeps anybody from copying a work or from what its licence allows.',
      'Whoever watches passes parts of the work on while watching; this can be switched off.',
      'A work is offered only where its rights are shown to be free.',
    ],
    declaration: 'Declaration',
    declarationText:
      'The operator declares that every work listed here is offered under a free licence, in the public domain, or with leave of those who hold the rights, as the evidence shows; that works added later will be too; and that questions about the evidence will be answered.',
    notice: 'Notices',
    noticeText:
      'Whoever holds that a work is not free writes to the contact, naming the work’s id and the reason. A work whose rights are in doubt is taken out of the next edition.',
    signed: 'Place, date, name and signature of the operator',
  },
  fr: {
    title: 'Dossier de l’offre',
    asOf: 'Au',
    operator: 'Éditeur',
    contact: 'Contact',
    noContact:
      'Aucun n’est nommé. Une offre sans contact ne peut recevoir de notification : en nommer un avant de remettre ce dossier.',
    hosting: 'Hébergement',
    hostingText:
      'Les œuvres ne sont sur aucun serveur de l’éditeur. Elles se transmettent de spectateur à spectateur par BitTorrent ; les trackers et les sources web sont nommés dans chaque fiche.',
    works: 'Œuvres',
    noWorks: 'Aucune œuvre n’est proposée.',
    work: 'Œuvre',
    free: 'Pourquoi elle est libre',
    where: 'Où',
    evidence: 'Preuves',
    copyKept: 'copie conservée, SHA-256',
    noCopy: 'aucune copie conservée',
    notPublic: 'non public',
    checkedBy: 'Vérifié par',
    access: 'Accès',
    accessPoints: [
      'Regarder est gratuit et ne demande aucun compte.',
      'Il n’y a pas de publicité et personne n’est mesuré.',
      'Aucune mesure technique n’empêche de copier une œuvre ni ce que sa licence permet.',
      'Qui regarde transmet des parties de l’œuvre pendant ce temps ; cela peut être désactivé.',
      'Une œuvre n’est proposée que là où ses droits sont établis libres.',
    ],
    declaration: 'Déclaration',
    declarationText:
      'L’éditeur déclare sur l’honneur que chaque œuvre de cette liste est proposée sous licence libre, dans le domaine public, ou avec l’autorisation des titulaires des droits, comme le montrent les preuves ; que celles qui seront ajoutées le seront aussi ; et qu’il répondra aux questions sur ces preuves.',
    notice: 'Notifications',
    noticeText:
      'Qui estime qu’une œuvre n’est pas libre écrit au contact en indiquant l’identifiant de l’œuvre et le motif. Une œuvre dont les droits sont douteux est retirée de l’édition suivante.',
    signed: 'Lieu, date, nom et signature de l’éditeur',
  },
}
