/** Every address of the server that a page may ask for. Arguments are put in as single path segments. */
export const paths = {
  health: '/api/health',
  session: '/api/session',
  works: '/api/works',
  openWork: (workId: string): string => `/api/works/${encodeURIComponent(workId)}/open`,
  stream: (streamId: string): string => `/api/streams/${encodeURIComponent(streamId)}`,
  streamStatus: (streamId: string): string => `/api/streams/${encodeURIComponent(streamId)}/status`,
  media: (token: string, number: number): string => `/media/${token}/${number}`,
} as const

/** The header that carries the session token, with `Bearer ` before it. */
export const TOKEN_HEADER = 'authorization'

/** Characters of a token or a launch code: 128 bits in base64url. */
export const TOKEN_CHARACTERS = 22
