import { useRef, type ReactNode } from 'react'
import { Button, type ButtonProps } from './button.tsx'

/** Properties of {@link FileButton}. */
export interface FileButtonProps extends Omit<ButtonProps, 'onClick' | 'children'> {
  readonly label: string
  /** Which files are shown, as `<input accept>` has it. Default: all. */
  readonly accept?: string
  /** Asked at the press; `false` = no file is wanted now. Default: always. */
  readonly mayOpen?: () => boolean
  readonly onFile: (file: File) => void
}

/** A button that asks for one file of the viewer's. */
export function FileButton({
  label,
  accept,
  mayOpen = () => true,
  onFile,
  ...look
}: FileButtonProps): ReactNode {
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        {...look}
        onClick={() => {
          if (mayOpen()) chooser.current?.click()
        }}
      >
        {label}
      </Button>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        onChange={({ target }) => {
          const [file] = target.files ?? []
          // The same file may be given again, after it was mended.
          target.value = ''
          if (file !== undefined) onFile(file)
        }}
      />
    </>
  )
}
