import * as z from 'zod/mini'
import { parseChannelId } from '../name/id.ts'
import { line, link, parsed, pattern, whole } from '../schema/field.ts'
import type { Immutable } from '../schema/immutable.ts'

const payee = {
  id: parsed('id', 'is no id', parseChannelId),
  payee: line(200),
  share: z.optional(whole(1, 1_000_000)),
}
const account = pattern(/^[A-Za-z0-9_.-]{1,64}$/u)
const address = pattern(
  /^[a-z0-9_.+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/u,
)

/** feed-format 4.6. */
export const donationChannelSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('liberapay'), ...payee, account }),
  z.object({ kind: z.literal('open-collective'), ...payee, account }),
  z.object({ kind: z.literal('github-sponsors'), ...payee, account }),
  z.object({ kind: z.literal('lightning'), ...payee, address }),
  z.object({ kind: z.literal('web-monetization'), ...payee, url: link }),
  z.object({ kind: z.literal('payment-link'), ...payee, url: link }),
  z.object({ kind: z.literal('funding-manifest'), ...payee, url: link }),
])

/** The kinds of channel that this version knows (feed-format 2.3). */
export const CHANNEL_KINDS: readonly string[] = [
  'liberapay',
  'open-collective',
  'github-sponsors',
  'lightning',
  'web-monetization',
  'payment-link',
  'funding-manifest',
] satisfies z.output<typeof donationChannelSchema>['kind'][]

/**
 * A way to give to a maker directly. `share` splits a gift in proportion. That it stands in a record
 * proves nothing about whose it is.
 */
export type DonationChannel = Immutable<z.output<typeof donationChannelSchema>>
