import { FileInput } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react'
import { codeOf } from '../../api/client.ts'
import { Button } from '../../design/button.tsx'
import { Field } from '../../design/field.tsx'
import type { TextKey } from '../../i18n/text-key.ts'
import { useText } from '../../i18n/text.tsx'
import { readFeedAddress } from './feed-address.ts'
import { FEED_FILE_BYTES, addressOfFile } from './feed-file.ts'
import { lookProblem } from './feed-words.ts'

/** Properties of {@link AddressForm}. */
export interface AddressFormProps {
  readonly note: string
  /** What the button says. */
  readonly submit: string
  /** An address may also come out of a file. Default: false. */
  readonly takesFiles?: boolean
  /** Shown when the address was taken; rejects with the server's refusal. Given up when the form goes. */
  readonly onAddress: (address: string, signal: AbortSignal) => Promise<void>
}

/** Asks for the address of a feed or of a mirror. What is wrong with it stands under the field, which keeps the focus. */
export function AddressForm({
  note,
  submit,
  takesFiles = false,
  onAddress,
}: AddressFormProps): ReactNode {
  const { say } = useText()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<TextKey | null>(null)
  const [isLooking, setLooking] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const looking = useRef<AbortController | null>(null)
  useEffect(() => () => looking.current?.abort(), [])
  const refuse = (why: TextKey): void => {
    setProblem(why)
    input.current?.focus()
  }
  const look = (typed: string): void => {
    if (isLooking) return
    const read = readFeedAddress(typed)
    if (read.kind === 'problem') {
      refuse(read.problem)
      return
    }
    const controller = new AbortController()
    looking.current = controller
    setProblem(null)
    setLooking(true)
    onAddress(read.address, controller.signal)
      .then(
        () => setText(''),
        (error: unknown) => {
          if (!controller.signal.aborted) refuse(lookProblem(codeOf(error)))
        },
      )
      .finally(() => setLooking(false))
  }
  const openFile = async (file: File): Promise<void> => {
    const bytes = new Uint8Array(await file.slice(0, FEED_FILE_BYTES).arrayBuffer())
    const address = file.size > FEED_FILE_BYTES ? null : addressOfFile(bytes)
    if (address === null) {
      refuse('feeds.bad-file')
      return
    }
    setText(address)
    look(address)
  }
  return (
    <form
      className="address-form"
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        look(text)
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
        {takesFiles ? (
          <>
            <Button variant="quiet" icon={FileInput} onClick={() => chooser.current?.click()}>
              {say('feeds.open-file')}
            </Button>
            <input
              ref={chooser}
              type="file"
              hidden
              aria-label={say('feeds.open-file')}
              onChange={(event) => {
                const [file] = event.target.files ?? []
                event.target.value = ''
                if (file !== undefined) void openFile(file)
              }}
            />
          </>
        ) : null}
      </div>
      <p className="address-state" role="status">
        {isLooking ? say('feeds.looking-note') : ''}
      </p>
    </form>
  )
}
