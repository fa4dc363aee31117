import { startLibtorrent } from './clients.ts'
import { exchangeWith } from './exchange.ts'

exchangeWith('libtorrent', startLibtorrent, 'v1')
exchangeWith('libtorrent', startLibtorrent, 'v2')
exchangeWith('libtorrent', startLibtorrent, 'hybrid')
