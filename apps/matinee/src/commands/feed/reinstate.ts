import type { Command, Screen } from '../../command.ts'
import { readOptions } from '../../options.ts'
import { DECISION_OPTIONS, readDecision } from '../../publisher/decision-options.ts'
import { decide, decisionAbout, readDecisions } from '../../publisher/decisions.ts'
import { PublisherFolder } from '../../publisher/publisher-folder.ts'
import { sayDecision } from './revoke.ts'

const HELP = `Usage: matinee feed reinstate DIR WORK --reason REASON [options]

Takes the withdrawal of a work back, from the next version on: matinee feed sign,
publish.

  --reason WORD    court, notice, licence or maker
  --note TEXT      what viewers are told
  --language L     the note's language (default: en)
  --on DATE        the day of the decision (default: today)
  --json           print one JSON object
`

/** `matinee feed reinstate`. */
export const reinstateCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, DECISION_OPTIONS)
  const [path = '', work = ''] = positionals
  const folder = await PublisherFolder.open(path)
  const decision = await readDecision(folder, work, values, positionals.slice(2))
  const before = decisionAbout(await readDecisions(folder), decision.work)
  const effect = before?.effect ?? 'delisted'
  const entry = await decide(folder, { ...decision, state: 'reinstated', effect })
  sayDecision(entry, values.json, screen)
  return 0
}
