import { assert, messageOf } from '@matinee/base'
import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod/mini'
import type { ShelfAnswer, ShelfCall, ShelfOrder } from './shelf-call.ts'
import { ShelfDatabase } from './shelf-database.ts'
import { openShelfFile } from './shelf-file-access.ts'
import { sqliteCodeOf } from './sqlite-code.ts'

const { path } = z.object({ path: z.string() }).parse(workerData)
const port = parentPort
assert(port !== null, 'the shelf runs in a worker')

function answerTo(shelf: ShelfDatabase, { id, act, input }: ShelfCall): ShelfAnswer {
  try {
    return { kind: 'done', id, value: Reflect.apply(shelf[act], shelf, input) }
  } catch (error) {
    return { kind: 'failed', id, code: sqliteCodeOf(error), reason: messageOf(error) }
  }
}

const opened = openShelfFile(path, Date.now())
if (opened === 'newer') port.postMessage({ kind: 'newer' } satisfies ShelfAnswer)
else {
  const { database, setAside } = opened
  const shelf = new ShelfDatabase(database, () => Date.now())
  port.on('message', (order: ShelfOrder) => {
    if (order.kind === 'call') {
      port.postMessage(answerTo(shelf, order))
      return
    }
    shelf.close()
    port.close()
  })
  port.postMessage({ kind: 'opened', setAside } satisfies ShelfAnswer)
}
