/** What a browser may do with the pages of a site: next to nothing, and nothing that comes from a stranger's text. */

/** Headers of every answer besides the policy. */
const HEADERS: readonly (readonly [name: string, value: string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=()'],
]
/** What other programs read: add-on, feed, torrents, and what these name. */
const SHARED = [
  'manifest.json',
  'catalog/*',
  'meta/*',
  'stream/*',
  'subtitles/*',
  'feed.xml',
] as const
const SHARED_TOO = ['torrents/*', 'images/*', 'posters/*'] as const

/** The Content-Security-Policy of a page that may play films from these origins. */
export function pagePolicy(mediaOrigins: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    ["media-src 'self'", ...mediaOrigins].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}

/** The origins of addresses, each once. */
export function originsOf(urls: readonly string[]): readonly string[] {
  return [...new Set(urls.map((url) => new URL(url).origin))].toSorted()
}

/** How servers are told the same by header, and that other programs may read what is for them: by their files' names. */
export function serverFiles(mediaOrigins: readonly string[]): ReadonlyMap<string, string> {
  const policy = `${pagePolicy(mediaOrigins)}; frame-ancestors 'none'`
  const headers = [['Content-Security-Policy', policy] as const, ...HEADERS]
  const shared = [...SHARED, ...SHARED_TOO]
  const lines = headers.map(([name, value]) => `  ${name}: ${value}`)
  const open = shared.map((path) => `/${path}\n  Access-Control-Allow-Origin: *`)
  const start = shared.map((path) => path.replace('/*', '').replaceAll('.', '\\.')).join('|')
  const nginx = [
    '# Into the server { } block whose root is this folder.',
    ...headers.map(([name, value]) => `add_header ${name} "${value}" always;`),
    `location ~ ^/(?:${start}) {`,
    ...headers.map(([name, value]) => `  add_header ${name} "${value}" always;`),
    '  add_header Access-Control-Allow-Origin "*" always;',
    '}',
    'location ~ /\\. { return 404; }',
  ]
  return new Map([
    ['_headers', `/*\n${lines.join('\n')}\n${open.join('\n')}\n`],
    ['server/nginx.conf', `${nginx.join('\n')}\n`],
  ])
}
