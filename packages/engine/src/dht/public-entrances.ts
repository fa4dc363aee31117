/**
 * Nodes of the mainline DHT that others run so that newcomers find in: of libtorrent, BitTorrent and Transmission.
 * Asked only by who remembers nobody.
 */
export const PUBLIC_DHT_ENTRANCES: readonly string[] = [
  'dht.libtorrent.org:25401',
  'router.bittorrent.com:6881',
  'dht.transmissionbt.com:6881',
]
