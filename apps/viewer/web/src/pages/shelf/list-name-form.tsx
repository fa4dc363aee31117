import { useState, type ReactNode } from 'react'
import { codeOf } from '../../api/request.ts'
import { Button } from '../../design/button.tsx'
import { Field } from '../../design/field.tsx'
import { useText } from '../../i18n/text.tsx'

/** Characters of a list's name. */
const MAX_NAME = 80

/** Asks for the name of a list. */
export function ListNameForm({
  label,
  submit,
  before,
  onName,
}: {
  readonly label: string
  /** What the button says. */
  readonly submit: string
  /** The name until now. */
  readonly before: string
  /** Rejects when the name can't be taken. */
  readonly onName: (name: string) => Promise<unknown>
}): ReactNode {
  const { say } = useText()
  const [name, setName] = useState(before)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  return (
    <form
      className="list-name"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '') {
          setProblem(say('shelf.name-missing'))
          return
        }
        setBusy(true)
        onName(name.trim())
          .then(
            () => setName(before),
            (error: unknown) =>
              setProblem(say(codeOf(error) === 'taken' ? 'shelf.name-taken' : 'shelf.not-done')),
          )
          .finally(() => setBusy(false))
      }}
    >
      <Field
        label={label}
        value={name}
        maxLength={MAX_NAME}
        {...(problem === null ? {} : { problem })}
        onChange={(text) => {
          setName(text)
          setProblem(null)
        }}
      />
      <Button type="submit" variant="outline" isBusy={isBusy}>
        {submit}
      </Button>
    </form>
  )
}
