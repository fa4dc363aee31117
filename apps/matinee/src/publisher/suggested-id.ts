/** An id that a name suggests; `otherwise` for names in other scripts. */
export function suggestedId(name: string, otherwise: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
  return (
    plain
      .replaceAll(/^-+|-+$/gu, '')
      .slice(0, 60)
      .replace(/-+$/u, '') || otherwise
  )
}
