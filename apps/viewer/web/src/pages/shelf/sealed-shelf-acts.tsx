import { LockKeyhole, LockKeyholeOpen } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { LEAST_PASSPHRASE, paths, sealedShelfSchema, mergeAnswerSchema } from '#api'
import { useClient } from '../../api/client-context.tsx'
import { codeOf } from '../../api/request.ts'
import { useShelfRefresh } from '../../api/shelf-queries.ts'
import { Button } from '../../design/button.tsx'
import { Field } from '../../design/field.tsx'
import { FileButton } from '../../design/file-button.tsx'
import { useText } from '../../i18n/text.tsx'
import type { TextKey } from '../../i18n/text-key.ts'
import { jsonFile, saveFile } from '../../parts/file-save.ts'

/** A file that is bigger isn't a shelf; the server takes no more. */
const MAX_FILE_BYTES = 60 * 1024 * 1024

/** The shelf for another device of one's own: sealed with a passphrase, and brought together there. */
export function SealedShelfActs({
  onDone,
}: {
  readonly onDone: (words: string) => void
}): ReactNode {
  const { say } = useText()
  const { ask } = useClient()
  const refresh = useShelfRefresh()
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState<'seal' | 'open' | null>(null)
  const [problem, setProblem] = useState<TextKey | null>(null)
  const passphraseServes = (): boolean => {
    const serves = passphrase.length >= LEAST_PASSPHRASE
    setProblem(serves ? null : 'sealed.needs-passphrase')
    return serves
  }

  const seal = async (): Promise<void> => {
    setBusy('seal')
    setProblem(null)
    try {
      const file = await ask(paths.shelfSealed, sealedShelfSchema, {
        method: 'POST',
        body: { passphrase },
      })
      saveFile(jsonFile('matinee-sealed-shelf', file))
      onDone(say('sealed.saved'))
    } catch {
      setProblem('shelf.not-done')
    } finally {
      setBusy(null)
    }
  }

  const open = async (file: File): Promise<void> => {
    setBusy('open')
    setProblem(null)
    try {
      if (file.size > MAX_FILE_BYTES) throw new SyntaxError('too large')
      const { changed } = await ask(paths.shelfMerge, mergeAnswerSchema, {
        method: 'POST',
        body: { passphrase, file: JSON.parse(await file.text()) as unknown },
      })
      await refresh('now')
      onDone(say('sealed.merged', { count: changed }))
    } catch (error) {
      const code = codeOf(error)
      const isBad = error instanceof SyntaxError || code === 'bad-request'
      setProblem(
        code === 'passphrase' ? 'sealed.wrong' : isBad ? 'sealed.bad-file' : 'shelf.not-done',
      )
    } finally {
      setBusy(null)
    }
  }

  return (
    <section className="shelf-section shelf-file">
      <h2>{say('sealed.heading')}</h2>
      <p className="note">{say('sealed.note')}</p>
      <Field
        label={say('sealed.passphrase')}
        note={say('sealed.passphrase-note')}
        {...(problem === null ? {} : { problem: say(problem, { count: LEAST_PASSPHRASE }) })}
        type="password"
        autoComplete="off"
        maxLength={200}
        value={passphrase}
        onChange={(typed) => {
          setPassphrase(typed)
          setProblem(null)
        }}
      />
      <div className="history-acts">
        <Button
          icon={LockKeyhole}
          isBusy={busy === 'seal'}
          onClick={() => {
            if (passphraseServes()) void seal()
          }}
        >
          {say('sealed.save')}
        </Button>
        <FileButton
          label={say('sealed.open')}
          icon={LockKeyholeOpen}
          accept="application/json,.json"
          isBusy={busy === 'open'}
          mayOpen={passphraseServes}
          onFile={(file) => void open(file)}
        />
      </div>
    </section>
  )
}
