import { NetworkError, type Network } from '@matinee/base'

function refuse(): Promise<never> {
  return Promise.reject(new NetworkError('policy', 'nothing is asked of anybody for this film'))
}

/** A network that leads nowhere: for films of which only what is on the disk may be played (feed-format 14.3). */
export const NO_NETWORK: Network = {
  dialer: { dial: refuse },
  listener: { listen: refuse },
  datagrams: { bind: refuse },
  resolver: { resolve: refuse },
  http: { get: refuse },
}
