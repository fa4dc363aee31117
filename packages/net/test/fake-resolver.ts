import { canonicalIp, NetworkError, type Resolver } from '@matinee/base'

/**
 * A resolver that answers from a table. A list of lists is a rebinding name: the first question gets
 * the first list, and so on; the last one stays. `asked` counts questions.
 */
export function fakeResolver(
  names: Readonly<Record<string, readonly (readonly string[])[]>>,
): Resolver & { asked(name: string): number } {
  const asked = new Map<string, number>()
  return {
    asked: (name) => asked.get(name) ?? 0,
    resolve: async (host) => {
      const literal = canonicalIp(host)
      if (literal !== null) return [literal]
      const count = asked.get(host) ?? 0
      asked.set(host, count + 1)
      const found = names[host]?.at(Math.min(count, names[host].length - 1))
      if (found === undefined) throw new NetworkError('name-not-found', `no ${host}`)
      return found
    },
  }
}

/** Public addresses of the tests. Nothing is ever sent there: their tests are about refusing or pinning. */
export const PUBLIC_IPV4 = '8.8.8.8'
