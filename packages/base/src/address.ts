/** An IP address in canonical text (`203.0.113.7`, `2001:db8::1`, never with a zone) and a port. */
export interface SocketAddress {
  readonly host: string
  readonly port: number
}

/**
 * Who told us an address or a URL. Decides where we may connect because of it (design.md, Addresses):
 * `own` is our own code with an explicit peer; everything from `tracker` on is a stranger's word.
 */
export type LearnedFrom =
  | 'own'
  | 'user'
  | 'lan'
  | 'incoming'
  | 'tracker'
  | 'pex'
  | 'dht'
  | 'remembered'
  | 'metainfo'
  | 'magnet'
  | 'redirect'

/** `host:port`, with brackets around IPv6: the key of an address in maps, and its text in logs. */
export function addressKey(address: SocketAddress): string {
  return address.host.includes(':')
    ? `[${address.host}]:${address.port}`
    : `${address.host}:${address.port}`
}
