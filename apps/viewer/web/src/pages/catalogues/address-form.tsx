import { FileInput } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react'
import { codeOf } from '../../api/client.ts'
import { Button } from '../../design/button.tsx'
import { Field } from '../../design/field.tsx'
import { FileButton } from '../../design/file-button.tsx'
import type { TextKey } from '../../i18n/text-key.ts'
import { useText } from '../../i18n/text.tsx'
import { readFeedAddress } from './feed-address.ts'
import { readFeedFile } from './feed-file.ts'
import { lookProblem } from './feed-words.ts'

/** Properties of {@link AddressForm}. */
export interface AddressFormProps {
  readonly note: string
  /** What the button says. */
  readonly submit: string
  /** Shown a list's file that was opened or dropped, as {@link AddressFormProps.onAddress}. Default: it takes no files. */
  readonly onList?: (file: string, signal: AbortSignal) => Promise<void>
  /** Shown when the address was taken; rejects with the server's refusal. Given up when the form goes. */
  readonly onAddress: (address: string, signal: AbortSignal) => Promise<void>
}

/** Asks for the address of a feed or of a mirror. What is wrong with it stands under the field, which keeps the focus. */
export function AddressForm({ note, submit, onAddress, onList }: AddressFormProps): ReactNode {
  const { say } = useText()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<TextKey | null>(null)
  const [isLooking, setLooking] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const looking = useRef<AbortController | null>(null)
  useEffect(() => () => looking.current?.abort(), [])
  const refuse = (why: TextKey): void => {
    setProblem(why)
    input.current?.focus()
  }
  const begin = (show: (signal: AbortSignal) => Promise<void>): void => {
    if (isLooking) return
    const controller = new AbortController()
    looking.current = controller
    setProblem(null)
    setLooking(true)
    show(controller.signal)
      .then(
        () => setText(''),
        (error: unknown) => {
          if (!controller.signal.aborted) refuse(lookProblem(codeOf(error)))
        },
      )
      .finally(() => setLooking(false))
  }
  const look = (typed: string): void => {
    const read = readFeedAddress(typed)
    if (read.kind === 'problem') refuse(read.problem)
    else begin((signal) => onAddress(read.address, signal))
  }
  const openFile = async (file: File): Promise<void> => {
    const read = await readFeedFile(file)
    if (read.kind === 'address') {
      setText(read.address)
      look(read.address)
    } else if (read.kind === 'list' && onList !== undefined)
      begin((signal) => onList(read.file, signal))
    else refuse('feeds.bad-file')
  }
  return (
    <form
      className="address-form"
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        look(text)
      }}
      onDragOver={(event) => {
        if (onList !== undefined && event.dataTransfer.types.includes('Files'))
          event.preventDefault()
      }}
      onDrop={(event) => {
        const [file] = event.dataTransfer.files
        if (onList === undefined || file === undefined) return
        event.preventDefault()
        void openFile(file)
      }}
      noValidate
    >
      <Field
        ref={input}
        label={say('feeds.address')}
        note={note}
        {...(problem === null ? {} : { problem: say(problem) })}
        value={text}
        onChange={(value) => {
          setText(value)
          setProblem(null)
        }}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
      />
      <div className="address-acts">
        <Button type="submit" isBusy={isLooking}>
          {isLooking ? say('feeds.looking') : submit}
        </Button>
        {onList !== undefined ? (
          <FileButton
            label={say('feeds.open-file')}
            variant="quiet"
            icon={FileInput}
            onFile={(file) => void openFile(file)}
          />
        ) : null}
      </div>
      <p className="address-state" role="status">
        {isLooking ? say('feeds.looking-note') : ''}
      </p>
    </form>
  )
}
