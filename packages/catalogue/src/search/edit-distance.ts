/**
 * How many edits a word is away from another: a letter more, a letter less, another letter, or two
 * neighbours swapped, each counts one ("optimal string alignment").
 *
 * With `isPrefix`, the distance to that beginning of `word` that is nearest. Distances above `limit` come
 * out as `limit + 1`, as soon as that is sure.
 */
export function editDistance(
  typed: string,
  word: string,
  limit: number,
  isPrefix: boolean,
): number {
  const far = limit + 1
  if (typed.length - word.length > limit) return far
  if (!isPrefix && word.length - typed.length > limit) return far
  const columns = Math.min(word.length, typed.length + limit)
  let before: number[] = []
  let above: number[] = Array.from({ length: columns + 1 }, (_, column) => column)
  for (let row = 1; row <= typed.length; row++) {
    const letter = typed.charCodeAt(row - 1)
    const current = [row]
    let least = row
    for (let column = 1; column <= columns; column++) {
      const other = word.charCodeAt(column - 1)
      let cost = Math.min(
        (above[column - 1] ?? far) + (letter === other ? 0 : 1),
        (above[column] ?? far) + 1,
        (current[column - 1] ?? far) + 1,
      )
      const isSwap =
        row > 1 &&
        column > 1 &&
        letter === word.charCodeAt(column - 2) &&
        other === typed.charCodeAt(row - 2)
      if (isSwap) cost = Math.min(cost, (before[column - 2] ?? far) + 1)
      current.push(cost)
      if (cost < least) least = cost
    }
    // A swap reaches back one row more, but never costs less than that row's least.
    if (least > limit && Math.min(...above) > limit) return far
    before = above
    above = current
  }
  const nearest = isPrefix ? Math.min(...above) : (above[columns] ?? far)
  return columns < word.length && !isPrefix ? far : Math.min(nearest, far)
}
