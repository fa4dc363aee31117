/** A process of its own that opens a catalogue and asks for a page: prints what it took, as JSON. */
import { setTimeout as sleep } from 'node:timers/promises'
import { openCatalogueStore } from '@matinee/catalogue/node'
import { systemClock } from '@matinee/engine/system'

const [, , folder = '', ...texts] = process.argv
const before = process.memoryUsage.rss()
const startMs = performance.now()
await using store = await openCatalogueStore({ folder, clock: systemClock() })
const openMs = performance.now() - startMs
await store.search({ territory: null })
const firstPageMs = performance.now() - startMs
for (const text of texts) await store.search({ text, territory: null })
await sleep(200)
const rss = process.memoryUsage.rss()
console.log(JSON.stringify({ openMs, firstPageMs, rssMB: rss / 1e6, ownMB: (rss - before) / 1e6 }))
