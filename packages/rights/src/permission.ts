/** What a viewer may want to do with a work, in the order in which the rights card lists it. */
export const ACTS = ['watch', 'share', 'screen', 'translate', 'remix', 'sell'] as const

/**
 * One of {@link ACTS}. `watch` is to see and keep; `share` to pass copies on, which BitTorrent does
 * while one watches; `screen` to show to an audience; `translate` to make subtitles or a dubbing;
 * `remix` to make something new of it; `sell` to take money for any of it.
 */
export type Act = (typeof ACTS)[number]

/** What an act asks of who does it, in the order in which words list it. */
export const CONDITIONS = [
  'attribution',
  'share-alike',
  'non-commercial',
  'unmodified',
  'licence-text',
] as const

/**
 * One of {@link CONDITIONS}: naming title, author, source and licence; publishing what one makes of it
 * under the same licence; taking no money; leaving it as it is (other formats and sizes are fine);
 * handing on the whole text of the licence.
 */
export type Condition = (typeof CONDITIONS)[number]

/** Whether an act is allowed. `unknown` is never treated as a yes. */
export type Permission =
  | { readonly kind: 'yes' }
  | { readonly kind: 'yes-if'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'no' }
  | { readonly kind: 'unknown' }

/** What each act is allowed. */
export type Permissions = Readonly<Record<Act, Permission>>

/** Allowed without any condition. */
export const YES: Permission = { kind: 'yes' }
/** Not allowed. */
export const NO: Permission = { kind: 'no' }
/** Nobody established whether it's allowed. */
export const UNKNOWN: Permission = { kind: 'unknown' }

/** Everything, without conditions: the public domain. */
export const EVERYTHING: Permissions = everyAct(YES)
/** Nothing that anybody could rely on. */
export const NOTHING_KNOWN: Permissions = everyAct(UNKNOWN)

/** Allowed on these conditions; {@link YES} when there are none. They come sorted, each once. */
export function yesIf(...conditions: readonly Condition[]): Permission {
  const sorted = CONDITIONS.filter((condition) => conditions.includes(condition))
  return sorted.length === 0 ? YES : { kind: 'yes-if', conditions: sorted }
}

/** Whether an act may be done by who keeps the conditions. */
export function isAllowed(permission: Permission): boolean {
  return permission.kind === 'yes' || permission.kind === 'yes-if'
}

/** The same answer for every act. */
export function everyAct(permission: Permission): Permissions {
  return {
    watch: permission,
    share: permission,
    screen: permission,
    translate: permission,
    remix: permission,
    sell: permission,
  }
}

/** What both allow: for a work of two parts, such as a film and its music. */
export function bothPermissions(a: Permissions, b: Permissions): Permissions {
  return {
    watch: both(a.watch, b.watch),
    share: both(a.share, b.share),
    screen: both(a.screen, b.screen),
    translate: both(a.translate, b.translate),
    remix: both(a.remix, b.remix),
    sell: both(a.sell, b.sell),
  }
}

function both(a: Permission, b: Permission): Permission {
  if (a.kind === 'no' || b.kind === 'no') return NO
  if (a.kind === 'unknown' || b.kind === 'unknown') return UNKNOWN
  return yesIf(...conditionsOf(a), ...conditionsOf(b))
}

function conditionsOf(permission: Permission): readonly Condition[] {
  return permission.kind === 'yes-if' ? permission.conditions : []
}
