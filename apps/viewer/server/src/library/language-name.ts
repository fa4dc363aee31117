/** A language's name in itself, as menus have it: `Français`, `Deutsch`; a tag that nobody knows stays a tag. */
export function ownLanguageName(tag: string): string {
  const name = nameOf(tag)
  const [first = ''] = name
  return first.toLocaleUpperCase(tag) + name.slice(first.length)
}

function nameOf(tag: string): string {
  try {
    return new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag
  } catch {
    // Intl refuses tags that the feed format allows; a menu shows them as they are.
    return tag
  }
}
