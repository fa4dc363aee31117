import type { Sentence } from '../i18n/text-key.ts'
import { timeText } from './time-text.ts'
import type { Waiting, WaitingFacts, WaitingStep } from './waiting-core.ts'

/** Why a film doesn't play in this browser, and each thing that helps. */
export function elsewhereWords(
  { why, helps, players, player }: NonNullable<WaitingFacts['elsewhere']>,
  positionSeconds: number,
): Waiting {
  const words = 'words' in why ? why.words : ''
  const texts: Readonly<Record<(typeof helps)[number], Sentence>> = {
    player: {
      key: 'elsewhere.player',
      values: { player: players.map(({ name }) => name).join(', ') },
    },
    release: { key: 'elsewhere.release' },
    ffmpeg: { key: 'elsewhere.ffmpeg' },
  }
  const steps = helps.map((help): WaitingStep => ({
    state: 'now',
    text: texts[help],
    detail: null,
  }))
  if (player !== null)
    steps.unshift({
      state: player.isOpen ? 'done' : 'now',
      text: {
        key: player.isOpen ? 'elsewhere.opened' : 'elsewhere.not-opened',
        values: { player: player.name },
      },
      detail: null,
    })
  if (players.length === 0)
    steps.push({ state: 'now', text: { key: 'elsewhere.install' }, detail: null })
  return {
    kind: 'stuck',
    heading: { key: `elsewhere.${why.kind}`, values: { words } },
    note: { key: `elsewhere.${why.kind}-note`, values: { words } },
    steps,
    clock: timeText(positionSeconds),
  }
}
