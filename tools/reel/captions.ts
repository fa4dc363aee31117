import { CHAPTERS, LENGTH_SECONDS } from './timeline.ts'

/** Words for a stretch of the film, from `startSeconds` to the next cue's start, less a tenth. */
interface Cue {
  readonly startSeconds: number
  readonly en: string
  readonly fr: string
}

const NARROW = '\u202F'

/** What is to be seen and heard: a cue at least every four seconds. */
const CUES: readonly Cue[] = [
  {
    startSeconds: 0,
    en: 'The Matinee Test Reel. A countdown from eight.',
    fr: 'La bobine d’essai de Matinee. Compte à rebours depuis huit.',
  },
  {
    startSeconds: 4,
    en: 'At each second: a beep, and the rim of the clock flashes.\nThey come together.',
    fr: `À chaque seconde${NARROW}: un bip, et le cercle de l’horloge s’allume.\nLes deux arrivent ensemble.`,
  },
  {
    startSeconds: 8,
    en: 'Motion. The circle opens on a violet picture. Music.',
    fr: 'Mouvement. Le cercle s’ouvre sur une image violette. Musique.',
  },
  {
    startSeconds: 11.5,
    en: 'A projector’s beam glides past three people. It doesn’t stutter.',
    fr: 'Le faisceau d’un projecteur glisse devant trois personnes, sans saccade.',
  },
  {
    startSeconds: 15,
    en: 'Colour. A green disc and a coral disc on yellow.',
    fr: 'Couleur. Un disque vert et un disque corail sur fond jaune.',
  },
  {
    startSeconds: 18.5,
    en: 'Where the two meet, it is dark.',
    fr: 'Là où les deux se rencontrent, il fait nuit.',
  },
  {
    startSeconds: 22,
    en: 'Shade. A sun rises over a blue land.',
    fr: 'Nuances. Un soleil se lève sur un pays bleu.',
  },
  {
    startSeconds: 25.5,
    en: 'Sixteen steps from dark to light. Count them.',
    fr: 'Seize marches du sombre au clair. On peut les compter.',
  },
  {
    startSeconds: 29,
    en: 'Detail. Stripes that grow finer and finer.',
    fr: 'Détail. Des rayures de plus en plus fines.',
  },
  {
    startSeconds: 32.5,
    en: 'A star turns slowly. Its rays stay sharp.',
    fr: 'Une étoile tourne lentement. Ses rayons restent nets.',
  },
  {
    startSeconds: 36,
    en: 'The test card: eight colours above, twelve greys below.',
    fr: `La mire${NARROW}: huit couleurs en haut, douze gris en bas.`,
  },
  {
    startSeconds: 40,
    en: 'The hand goes round once a second.\nThe figure says how many have passed.',
    fr: 'L’aiguille fait un tour par seconde.\nLe chiffre dit combien sont passées.',
  },
  {
    startSeconds: 44,
    en: 'Now one speaker at a time. Left on even seconds…',
    fr: 'Maintenant, un haut-parleur à la fois. À gauche les secondes paires…',
  },
  {
    startSeconds: 48,
    en: '…and right on odd ones. The lit letter is the one you hear.',
    fr: '…et à droite les impaires. La lettre allumée est celle qu’on entend.',
  },
  {
    startSeconds: 52,
    en: 'Both speakers again.',
    fr: 'De nouveau les deux.',
  },
  {
    startSeconds: 55,
    en: 'That was one minute. <i>Music.</i>',
    fr: 'C’était une minute. <i>Musique.</i>',
  },
  {
    startSeconds: 57.5,
    en: 'If you have read this, the captions work too.',
    fr: 'Si vous avez lu ceci, les sous-titres marchent aussi.',
  },
]

/** The captions as a WebVTT file. */
export function captions(language: 'en' | 'fr'): string {
  const cues = CUES.map((cue, index) => {
    const end = (CUES[index + 1]?.startSeconds ?? LENGTH_SECONDS) - 0.1
    return `${index + 1}\n${time(cue.startSeconds)} --> ${time(end)}\n${cue[language]}\n`
  })
  return `WEBVTT\n\n${cues.join('\n')}`
}

/** The chapters as a WebVTT file. */
export function chapters(): string {
  const cues = CHAPTERS.map(
    (chapter, index) =>
      `${index + 1}\n${time(chapter.startSeconds)} --> ${time(chapter.endSeconds)}\n${chapter.title}\n`,
  )
  return `WEBVTT\n\n${cues.join('\n')}`
}

function time(seconds: number): string {
  const whole = Math.floor(seconds)
  const thousandths = Math.round((seconds - whole) * 1000)
  const part = (value: number, digits: number): string => String(value).padStart(digits, '0')
  return `00:${part(Math.floor(whole / 60), 2)}:${part(whole % 60, 2)}.${part(thousandths, 3)}`
}
