import { Download, Upload } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { useClient } from '../../api/client-context.tsx'
import { codeOf } from '../../api/request.ts'
import { useShelfAct } from '../../api/shelf-queries.ts'
import { importedSchema } from '#api'
import { Button } from '../../design/button.tsx'
import { useText } from '../../i18n/text.tsx'

/** A file that is bigger isn't a shelf; the server takes no more. */
const MAX_FILE_BYTES = 64 * 1024 * 1024

/** The shelf as one file: to keep, and to bring to another computer. */
export function ShelfFileActs({ onDone }: { readonly onDone: (words: string) => void }): ReactNode {
  const { say } = useText()
  const client = useClient()
  const chooser = useRef<HTMLInputElement>(null)
  const [isSaving, setSaving] = useState(false)
  const bring = useShelfAct((server, file: unknown) => server.importShelf(file))

  const save = async (): Promise<void> => {
    setSaving(true)
    try {
      const file = await client.exportShelf()
      const address = URL.createObjectURL(
        new Blob([JSON.stringify(file, null, 1)], { type: 'application/json' }),
      )
      const link = document.createElement('a')
      link.href = address
      link.download = `matinee-shelf-${new Date().toISOString().slice(0, 10)}.json`
      link.click()
      // The browser has taken the file over by the next turn.
      setTimeout(() => URL.revokeObjectURL(address), 0)
      onDone(say('shelf.saved'))
    } catch {
      onDone(say('shelf.not-done'))
    } finally {
      setSaving(false)
    }
  }

  const open = async (file: File): Promise<void> => {
    if (file.size > MAX_FILE_BYTES) {
      onDone(say('shelf.bad-file'))
      return
    }
    try {
      const answer = importedSchema.parse(await bring.mutateAsync(JSON.parse(await file.text())))
      onDone(
        say('shelf.brought', {
          count: answer.progress + answer.favourites + answer.lists + answer.history,
        }),
      )
    } catch (error) {
      const isBad = error instanceof SyntaxError || codeOf(error) === 'bad-request'
      onDone(say(isBad ? 'shelf.bad-file' : 'shelf.not-done'))
    }
  }

  return (
    <section className="shelf-section shelf-file">
      <h2>{say('shelf.file')}</h2>
      <p className="note">{say('shelf.file-note')}</p>
      <div className="history-acts">
        <Button variant="outline" icon={Download} isBusy={isSaving} onClick={() => void save()}>
          {say('shelf.save-file')}
        </Button>
        <Button
          variant="outline"
          icon={Upload}
          isBusy={bring.isPending}
          onClick={() => chooser.current?.click()}
        >
          {say('shelf.open-file')}
        </Button>
        <input
          ref={chooser}
          type="file"
          accept="application/json,.json"
          hidden
          aria-label={say('shelf.open-file')}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            event.target.value = ''
            if (file !== undefined) void open(file)
          }}
        />
      </div>
    </section>
  )
}
