/**
 * Loaded before a test file (`--import`): replaces one text in one source while Node loads it, as
 * the environment variable `MUTANT` says. Nothing on disk changes.
 */
import { registerHooks } from 'node:module'

/** The value of `MUTANT`, as JSON. */
export interface LoadedMutant {
  /** `file:` URL of the source. */
  readonly url: string
  readonly find: string
  readonly replace: string
}

const setting = process.env['MUTANT']
if (setting !== undefined) {
  const mutant = JSON.parse(setting) as LoadedMutant
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (url !== mutant.url || loaded.source === undefined) return loaded
      const source =
        typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source)
      // A function as the second argument: `$` in the replacement means nothing special.
      return { ...loaded, source: source.replace(mutant.find, () => mutant.replace) }
    },
  })
}
