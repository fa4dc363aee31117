/** The machines that build this have two cores. */
export const CORES = 2

/** Runs `work` on every item, `width` at a time; the results in the order of the items. */
export async function inPool<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const left = items.entries()
  const runner = async (): Promise<void> => {
    for (const [at, item] of left) results[at] = await work(item)
  }
  await Promise.all(Array.from({ length: width }, runner))
  return results
}
