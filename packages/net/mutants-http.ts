import type { Mutant } from '../../tools/mutant.ts'

const SRC = 'packages/net/src'
const REFUSALS = `${SRC}/http/refusals.test.ts`
const FLOOD = `${SRC}/http/flood.test.ts`

/** Where URLs and redirects may lead, and what web servers may make us hold. */
export const HTTP_MUTANTS: readonly Mutant[] = [
  {
    row: 'T1',
    guard: 'only addresses that passed the check are connected to',
    file: `${SRC}/http/http.ts`,
    find: "const pinned = addresses.filter((_, at) => verdicts[at]?.kind === 'yes')",
    replace: "const pinned = verdicts.some(({ kind }) => kind === 'yes') ? addresses : []",
    test: REFUSALS,
  },
  {
    row: 'T1',
    guard: 'the name is not resolved again after the check',
    file: `${SRC}/http/http.ts`,
    find: "return { isTls: hop.url.protocol === 'https:', host, port: portOf(hop.url), pinned }",
    replace:
      "return { isTls: hop.url.protocol === 'https:', host, port: portOf(hop.url), pinned: await resolver.resolve(host, signal) }",
    test: REFUSALS,
  },
  {
    row: 'T2',
    guard: 'a redirect elsewhere is a stranger’s word',
    file: `${SRC}/http/http.ts`,
    find: "const learnedFrom = isSameOrigin ? from.learnedFrom : 'redirect'",
    replace: 'const learnedFrom = from.learnedFrom',
    test: REFUSALS,
  },
  {
    row: 'T2',
    guard: 'each hop is checked',
    file: `${SRC}/http/http.ts`,
    find: 'return { url: this.#checked(url.href, learnedFrom, request), learnedFrom, headers }',
    replace: "return { url, learnedFrom: 'own', headers }",
    test: REFUSALS,
  },
  {
    row: 'T2',
    guard: 'http and https only',
    file: `${SRC}/policy/may-fetch.ts`,
    find: "if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return no('scheme')",
    replace: '',
    test: REFUSALS,
  },
  {
    row: 'T2',
    guard: 'no credentials in URLs',
    file: `${SRC}/policy/may-fetch.ts`,
    find: "if (parsed.username !== '' || parsed.password !== '') return no('credentials')",
    replace: '',
    test: REFUSALS,
  },
  {
    row: 'T2',
    guard: 'five redirects at most',
    file: `${SRC}/http/http.ts`,
    find: 'if (redirects === MAX_REDIRECTS) {',
    replace: 'if (redirects === 30) {',
    test: REFUSALS,
  },
  {
    row: 'T2',
    guard: 'headers that speak of the caller stay behind',
    file: `${SRC}/http/http.ts`,
    find: 'const headers = isSameOrigin ? from.headers : Object.fromEntries(travelling)',
    replace: 'const headers = travelling.length < 0 ? {} : from.headers',
    test: REFUSALS,
  },
  {
    row: 'T3',
    guard: 'an announced length above the cap is refused unread',
    file: `${SRC}/http/body.ts`,
    find: "if (decoded === response) refuseBeyond(Number(response.headers['content-length'] ?? 0), limits)",
    replace: '',
    test: FLOOD,
  },
  {
    row: 'T3',
    guard: 'what comes out of the decompressor is counted',
    file: `${SRC}/http/body.ts`,
    find: 'refuseBeyond(length, limits)',
    replace: 'refuseBeyond(response.socket.bytesRead, limits)',
    test: FLOOD,
  },
  {
    row: 'T9',
    guard: 'a range is left where it ends',
    file: `${SRC}/http/body.ts`,
    find: 'if (length <= limits.maxBytes) return',
    replace: 'if (length <= 64 * limits.maxBytes) return',
    test: FLOOD,
  },
  {
    row: 'T3',
    guard: 'a body is left at the cap',
    file: `${SRC}/http/body.ts`,
    find: 'if (length <= limits.maxBytes) return',
    replace: 'if (length <= 64 * limits.maxBytes) return',
    test: FLOOD,
  },
  {
    row: 'T3',
    guard: 'one deadline for the whole exchange, the body included',
    file: `${SRC}/http/http.ts`,
    find: 'const { url, response, origin } = await this.#follow(request, signal)',
    replace:
      'const { url, response, origin } = await this.#follow(request, signal)\n      timer.cancel()',
    test: FLOOD,
  },
  {
    row: 'T3',
    guard: 'informational answers are counted',
    file: `${SRC}/http/exchange.ts`,
    find: 'if (++informational <= MAX_INFORMATIONAL) return',
    replace: 'if (++informational > 0) return',
    test: FLOOD,
  },
  {
    row: 'T3',
    guard: 'headers have a size',
    file: `${SRC}/http/exchange.ts`,
    find: 'const MAX_HEADER_BYTES = 16 * KIB',
    replace: 'const MAX_HEADER_BYTES = 1024 * KIB',
    test: FLOOD,
  },
]
