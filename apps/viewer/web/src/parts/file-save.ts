/** Slow browsers read what they save for a while. */
const READ_MS = 60_000

/** Hands the viewer a file to save, under its name. */
export function saveFile(file: File): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), READ_MS)
}

/** A JSON file of the day that it's saved on, `NAME-2026-11-22.json`. */
export function jsonFile(name: string, value: unknown): File {
  const day = new Date().toISOString().slice(0, 10)
  const text = JSON.stringify(value, null, 1)
  return new File([text], `${name}-${day}.json`, { type: 'application/json' })
}
