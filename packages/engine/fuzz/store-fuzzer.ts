import { liveThroughCuts } from '../test/store-lives.ts'
import type { Fuzzer } from './fuzzer.ts'

/** Random acts on a store and power cuts at random moments: what is claimed afterwards is right. */
export const storeFuzzer: Fuzzer = {
  name: 'store',
  async run(random) {
    await liveThroughCuts(random.below(2 ** 32))
  },
}
