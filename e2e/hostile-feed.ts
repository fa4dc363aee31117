import { hash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { madeFeedFiles } from '@matinee/testkit'

/** Texts that are pages, scripts, styles and tricks of writing in disguise. `ran` tells when one of them runs. */
export const HOSTILE_TEXTS = [
  '<img src=x onerror=ran()>',
  '<script>ran()</script>',
  '"><script>ran()</script>',
  "' onmouseover='ran()",
  '<svg onload=ran()>',
  '<iframe srcdoc="<script>parent.ran()</script>">',
  '<style>@import url(http://127.0.0.1:9/spy)</style>',
  '<a href="javascript:ran()">go</a>',
  '</title><script>document.title="ran"</script>',
  '{{constructor.constructor("ran()")()}}',
  '&lt;img src=x onerror=ran()&gt;',
  'javascript:ran()',
  'gnp.\u202Eexe evil\u202C',
  `Z${'\u0301'.repeat(60)}algo`,
  'p\u0430ypal \u200b\u200d\ufeffhidden',
] as const

/** Keys of a record or a manifest whose values are shown as they are. */
const SHOWN = new Set(['text', 'title', 'synopsis', 'note', 'description', 'payee', 'label'])

/** Puts such texts, each a different one, wherever a value of JSON has a text that is shown. Ids and addresses stay. */
export function hostileTexts(): (value: unknown, key: string) => unknown {
  let count = 0
  const hostile = (): string => {
    count++
    return `${HOSTILE_TEXTS[count % HOSTILE_TEXTS.length]} ${count}`
  }
  const change = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return SHOWN.has(key) ? hostile() : value
    if (Array.isArray(value)) return value.map((each) => change(each, key))
    if (typeof value !== 'object' || value === null) return value
    const isTitles = key === 'titles'
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [
        name,
        isTitles ? hostile() : change(part, name),
      ]),
    )
  }
  return change
}

/** The made-up feed with such texts wherever a publisher may write one. Ids and addresses stay. */
export async function writeHostileFeed(folder: string): Promise<void> {
  const files = madeFeedFiles()
  const change = hostileTexts()
  const manifest = JSON.parse(textOf(files.get('feed.json'))) as {
    records: { id: string; sha256: string; length: number }[]
  }
  for (const record of manifest.records) {
    const name = `records/${record.id}.json`
    const bytes = Buffer.from(JSON.stringify(change(JSON.parse(textOf(files.get(name))), '')))
    files.set(name, bytes)
    record.sha256 = hash('sha256', bytes)
    record.length = bytes.length
  }
  files.set('feed.json', Buffer.from(JSON.stringify(change(manifest, ''))))
  for (const [name, bytes] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), bytes)
  }
}

function textOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8')
}
