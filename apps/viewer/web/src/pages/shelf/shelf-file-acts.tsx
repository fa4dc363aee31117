import { Download, Upload } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useClient } from '../../api/client-context.tsx'
import { codeOf } from '../../api/request.ts'
import { useShelfAct } from '../../api/shelf-queries.ts'
import { importedSchema } from '#api'
import { Button } from '../../design/button.tsx'
import { FileButton } from '../../design/file-button.tsx'
import { useText } from '../../i18n/text.tsx'
import { jsonFile, saveFile } from '../../parts/file-save.ts'

/** A file that is bigger isn't a shelf; the server takes no more. */
const MAX_FILE_BYTES = 64 * 1024 * 1024

/** The shelf as one file: to keep, and to bring to another computer. */
export function ShelfFileActs({ onDone }: { readonly onDone: (words: string) => void }): ReactNode {
  const { say } = useText()
  const client = useClient()
  const [isSaving, setSaving] = useState(false)
  const bring = useShelfAct((server, file: unknown) => server.importShelf(file))

  const save = async (): Promise<void> => {
    setSaving(true)
    try {
      saveFile(jsonFile('matinee-shelf', await client.exportShelf()))
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
        <FileButton
          label={say('shelf.open-file')}
          icon={Upload}
          accept="application/json,.json"
          isBusy={bring.isPending}
          onFile={(file) => void open(file)}
        />
      </div>
    </section>
  )
}
