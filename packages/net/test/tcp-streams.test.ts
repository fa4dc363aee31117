import type { ByteStream } from '@matinee/base'
import { checkByteStreams, checkTransports } from '@matinee/testkit/compliance'
import { createNetwork } from '../src/index.ts'
import { REAL_CLOCK } from './real-clock.ts'

checkByteStreams('TCP', async () => {
  const network = createNetwork({ clock: REAL_CLOCK, allowLocal: true })
  const accepted = Promise.withResolvers<ByteStream>()
  const at = { host: '127.0.0.1', port: 0 }
  const { address } = await network.listener.listen(at, accepted.resolve)
  return {
    left: await network.dialer.dial(address, { learnedFrom: 'own' }),
    right: await accepted.promise,
    until: (promise) => promise,
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    dispose: () => network.closeAll('the test is over'),
  }
})

checkTransports('TCP', async () => {
  const network = createNetwork({ clock: REAL_CLOCK, allowLocal: true })
  return {
    network,
    host: '127.0.0.1',
    until: (promise) => promise,
    dispose: () => network.closeAll('the test is over'),
  }
})
