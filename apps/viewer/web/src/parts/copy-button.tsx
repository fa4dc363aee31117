import { Copy } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button, type ButtonProps } from '../design/button.tsx'
import type { TextKey } from '../i18n/text-key.ts'
import { useText } from '../i18n/text.tsx'

/** A button that copies `text`, and what came of it beside it, which a screen reader speaks. */
export function CopyButton({
  text,
  ...look
}: { readonly text: string } & Pick<ButtonProps, 'variant' | 'size' | 'children'>): ReactNode {
  const { outcome, copy } = useCopying()
  return (
    <>
      <Button {...look} icon={Copy} onClick={() => copy(text)} />
      <span role="status">{outcome}</span>
    </>
  )
}

/** Copying where what came of it is said elsewhere: `outcome` is a sentence, empty before the first time. */
export function useCopying(): {
  readonly outcome: string
  readonly copy: (text: string) => void
} {
  const { say } = useText()
  const [outcome, setOutcome] = useState<TextKey | null>(null)
  return {
    outcome: outcome === null ? '' : say(outcome),
    copy: (text) => {
      navigator.clipboard.writeText(text).then(
        () => setOutcome('rights.copied'),
        () => setOutcome('rights.not-copied'),
      )
    },
  }
}
