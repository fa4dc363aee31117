import { type Effect, EFFECTS, type Revocation } from '@matinee/catalogue'
import { UsageError, type Command, type Screen } from '../../command.ts'
import { readOptions } from '../../options.ts'
import { DECISION_OPTIONS, readDecision } from '../../publisher/decision-options.ts'
import { decide } from '../../publisher/decisions.ts'
import { PublisherFolder } from '../../publisher/publisher-folder.ts'

const HELP = `Usage: matinee feed revoke DIR WORK --effect EFFECT --reason REASON [options]

Withdraws a work, from the next version on: matinee feed sign, publish. Every reader of
the feed remembers it, and only "matinee feed reinstate" takes it back. No copy is
deleted anywhere.

  --effect blocked     a court's order, an upheld notice: not offered, played or seeded
  --effect unshared    an error about the licence: not offered or seeded; a copy that is
                       there plays
  --effect delisted    the maker's wish under a licence that can't be taken back: not
                       offered; a copy that is there plays and may be seeded
  --reason WORD        court, notice, licence or maker
  --note TEXT          what viewers are told
  --language L         the note's language (default: en)
  --on DATE            the day of the decision (default: today)
  --json               print one JSON object
`

/** `matinee feed revoke`. */
export const revokeCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    ...DECISION_OPTIONS,
    effect: { type: 'string' },
  })
  const effect = EFFECTS.find((each): each is Effect => each === values.effect)
  if (effect === undefined) throw new UsageError(`--effect is one of ${EFFECTS.join(', ')}`)
  const [path = '', work = ''] = positionals
  const folder = await PublisherFolder.open(path)
  const decision = await readDecision(folder, work, values, positionals.slice(2))
  sayDecision(await decide(folder, { ...decision, state: 'revoked', effect }), values.json, screen)
  return 0
}

/** Says what was decided. */
export function sayDecision(entry: Revocation, isJson: boolean, screen: Screen): void {
  const { work, state, effect, serial } = entry
  if (isJson) screen.event({ event: 'decided', work, state, effect, serial })
  else {
    screen.line(
      `${work}: ${state === 'revoked' ? `withdrawn (${effect})` : 'taken back'}, decision ${serial}`,
    )
    screen.line('It acts from the next version on: matinee feed sign, publish.')
  }
}
