import {
  doneSchema,
  keepPriceSchema,
  keptOfWorkSchema,
  keptPageSchema,
  keptRoomSchema,
  paths,
  type KeepPrice,
  type KeepWish,
  type KeptChange,
  type KeptOfWork,
  type KeptPage,
  type KeptRoom,
} from '#api'
import type { Ask } from './request.ts'

/**
 * What the server does about what is kept, for the pages that show it. `language` (BCP 47) is that of titles. Every method
 * throws `ClientError`, or the signal's reason when it was given up.
 */
export interface KeptClient {
  page(language: string, signal?: AbortSignal): Promise<KeptPage>
  ofWork(workId: string, signal?: AbortSignal): Promise<KeptOfWork>
  /** What keeping it would take: nothing is kept by it. */
  price(workId: string, wish: KeepWish, signal?: AbortSignal): Promise<KeepPrice>
  /** Keeps it, unless the answer says why it's refused. */
  keep(workId: string, wish: KeepWish): Promise<KeepPrice>
  /** What another budget would do. */
  room(budgetBytes: number, signal?: AbortSignal): Promise<KeptRoom>
  change(keptId: string, change: KeptChange): Promise<void>
  pauseAll(isPaused: boolean): Promise<void>
  remove(keptId: string, withData: boolean): Promise<void>
  /** Takes back that it was removed, as long as that can be. */
  giveBack(keptId: string): Promise<void>
}

/** @param ask as the page's client asks */
export function createKeptClient(ask: Ask): KeptClient {
  const act = async (method: 'POST' | 'PUT', path: string, body: object): Promise<void> =>
    void (await ask(path, doneSchema, { method, body }))
  return {
    page: (language, signal) =>
      ask(paths.kept, keptPageSchema, { search: new URLSearchParams({ language }), signal }),
    ofWork: (workId, signal) => ask(paths.keptOfWork(workId), keptOfWorkSchema, { signal }),
    price: (workId, body, signal) =>
      ask(paths.keepPrice(workId), keepPriceSchema, { method: 'POST', body, signal }),
    keep: (workId, body) => ask(paths.keepWork(workId), keepPriceSchema, { method: 'POST', body }),
    room: (budget, signal) =>
      ask(paths.keptRoom, keptRoomSchema, {
        search: new URLSearchParams({ budget: String(budget) }),
        signal,
      }),
    change: (keptId, change) => act('PUT', paths.keptOne(keptId), change),
    pauseAll: (isPaused) => act('PUT', paths.kept, { isPaused }),
    remove: (keptId, withData) => act('POST', paths.keptRemoval(keptId), { withData }),
    giveBack: (keptId) => act('POST', paths.keptReturn(keptId), {}),
  }
}
