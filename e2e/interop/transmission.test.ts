import { startTransmission } from './clients.ts'
import { exchangeWith } from './exchange.ts'

exchangeWith('transmission', startTransmission, 'v1')
