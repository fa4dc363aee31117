import type { Shelf } from './shelf-store.ts'

/** A shelf that says when something on it may have become another. */
export function noticedShelf(shelf: Shelf, onChange: () => void): Shelf {
  const noticed =
    <Input extends readonly unknown[], Result>(act: (...input: Input) => Promise<Result>) =>
    async (...input: Input): Promise<Result> => {
      const result = await act(...input)
      onChange()
      return result
    }
  /** Linked shelves say nothing back and forth when nothing came of it. */
  const merged =
    <Outcome>(act: (bytes: Uint8Array) => Promise<Outcome>) =>
    async (bytes: Uint8Array): Promise<Outcome> => {
      const changed = await act(bytes)
      if (typeof changed === 'number' && changed > 0) onChange()
      return changed
    }
  return {
    ...shelf,
    recordProgress: noticed(shelf.recordProgress),
    setWatched: noticed(shelf.setWatched),
    setFavourite: noticed(shelf.setFavourite),
    addList: noticed(shelf.addList),
    renameList: noticed(shelf.renameList),
    removeList: noticed(shelf.removeList),
    putOnList: noticed(shelf.putOnList),
    takeOffList: noticed(shelf.takeOffList),
    forgetSitting: noticed(shelf.forgetSitting),
    forgetHistory: noticed(shelf.forgetHistory),
    importFile: noticed(shelf.importFile),
    merge: merged(shelf.merge),
    mergeSealed: merged(shelf.mergeSealed),
  }
}
