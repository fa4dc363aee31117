/** Text in a legacy charset, by turning its decoder round; for tests, which need what `TextEncoder` can't write. */
export function encodeAs(charset: string, text: string): Uint8Array {
  if (charset === 'utf-16le' || charset === 'utf-16be') return utf16(charset, text)
  const table = tableOf(charset)
  const out: number[] = []
  for (const character of text) {
    const bytes = table.get(character)
    if (!bytes) throw new Error(`${charset} has no ${character}`)
    out.push(...bytes)
  }
  return Uint8Array.from(out)
}

function utf16(charset: string, text: string): Uint8Array {
  const out = new Uint8Array(text.length * 2)
  const view = new DataView(out.buffer)
  for (let at = 0; at < text.length; at++)
    view.setUint16(at * 2, text.charCodeAt(at), charset === 'utf-16le')
  return out
}

const tables = new Map<string, Map<string, number[]>>()

function tableOf(charset: string): Map<string, number[]> {
  const known = tables.get(charset)
  if (known) return known
  const table = new Map<string, number[]>()
  const decoder = new TextDecoder(charset)
  const learn = (bytes: number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes))
    const isOne = text.length === 1
    if (isOne && text !== '\ufffd' && !table.has(text)) table.set(text, bytes)
  }
  for (let first = 0; first < 256; first++) learn([first])
  for (let first = 0x81; first < 255; first++)
    for (let second = 0x40; second < 255; second++) learn([first, second])
  tables.set(charset, table)
  return table
}
