/** The thread that answers queries. It starts with whatever whole feeds lie in the folder. */
import { workerData } from 'node:worker_threads'
import { CatalogueReader } from './catalogue-reader.ts'
import type { ReaderCalls, ReaderData } from './reader-calls.ts'
import { serveCalls } from './worker-messages.ts'

const reader = new CatalogueReader(workerData as ReaderData)

serveCalls<ReaderCalls>({
  search: (query) => reader.search(query),
  suggest: (query) => reader.suggest(query),
  work: (request) => reader.work(request),
  works: (request) => reader.works(request),
  person: (request) => reader.person(request),
  lists: (audience) => reader.lists(audience),
  row: (request) => reader.row(request),
  counts: (request) => reader.counts(request),
  feeds: () => reader.feeds(),
  revision: (when) => reader.revision(when),
  takeUp: (feedId) => reader.takeUp(feedId),
  remove: (feedId) => reader.open.remove(feedId),
  setOrder: (order) => reader.open.setOrder(order),
  withhold: (withheld) => reader.open.withhold(withheld),
  sameWorks: (request) => reader.sameWorks(request),
  beginUpdate: (start) => reader.updating.begin(start),
  addToUpdate: (batch) => reader.updating.add(batch),
  finishUpdate: (end) => reader.updating.finish(end),
})
