import { startAria2 } from './clients.ts'
import { exchangeWith } from './exchange.ts'

exchangeWith('aria2', startAria2, 'v1')
