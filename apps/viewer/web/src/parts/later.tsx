import { useEffect, useState, type ComponentType, type ReactNode } from 'react'
import { openLaterStrings } from '../i18n/catalogue-parts.ts'

/** A component whose code comes when it's first shown, or before. */
export type Later<Props extends object> = ComponentType<Props> & {
  /** Has it fetched, for who will probably want it. What goes wrong is told when it's shown. */
  readonly prepare: () => void
}

type Found<Props> =
  | { readonly kind: 'coming' }
  | { readonly kind: 'here'; readonly component: ComponentType<Props> }
  | { readonly kind: 'failed'; readonly error: unknown }

/** How the code of a component comes; a name that the first page doesn't say may be in it. */
export interface LaterOptions {
  /** What is shown until it's here. Default: nothing. */
  readonly meanwhile?: ReactNode
  /** Whether it says more than the first page does, and its words come with it. Default: no. */
  readonly hasWords?: boolean
}

/**
 * Makes a component of one that is fetched: at once shown when it's here already. Throws, while it's shown, what
 * fetching it threw; shown anew it's fetched anew.
 * Not by way of `lazy` and `Suspense`, which let nothing be seen for 300 ms after anything had to wait.
 */
export function later<Props extends object>(
  open: () => Promise<ComponentType<Props>>,
  { meanwhile = null, hasWords = false }: LaterOptions = {},
): Later<Props> {
  let found: Found<Props> = { kind: 'coming' }
  let opening: Promise<Found<Props>> | null = null
  const fetch = async (): Promise<Found<Props>> => {
    try {
      const [component] = await Promise.all([open(), hasWords ? openLaterStrings() : null])
      found = { kind: 'here', component }
      return found
    } catch (error) {
      opening = null
      return { kind: 'failed', error }
    }
  }
  const prepare = (): Promise<Found<Props>> => (opening ??= fetch())

  function Coming(props: Props): ReactNode {
    const [now, setNow] = useState(found)
    const isComing = now.kind === 'coming'
    useEffect(() => {
      if (!isComing) return
      let isShown = true
      void prepare().then((then) => {
        if (isShown) setNow(then)
      })
      return () => {
        isShown = false
      }
    }, [isComing])
    if (now.kind === 'failed') throw now.error
    if (now.kind === 'coming') return meanwhile
    const { component: Here } = now
    return <Here {...props} />
  }
  return Object.assign(Coming, { prepare: () => void prepare() })
}
