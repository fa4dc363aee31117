import { useState, type ReactNode } from 'react'
import { doneSchema, paths } from '#api'
import { useClient } from '../../api/client-context.tsx'
import { Button } from '../../design/button.tsx'
import { useText } from '../../i18n/text.tsx'

/** Ends the program, for those who started it without a terminal. */
export function QuitButton(): ReactNode {
  const { say } = useText()
  const client = useClient()
  const [state, setState] = useState<'runs' | 'ending' | 'ended'>('runs')
  return (
    <div>
      <Button
        variant="outline"
        isBusy={state === 'ending'}
        disabled={state === 'ended'}
        onClick={() => {
          setState('ending')
          client.ask(paths.quit, doneSchema, { method: 'POST' }).then(
            () => setState('ended'),
            () => setState('runs'),
          )
        }}
      >
        {say('settings.quit')}
      </Button>
      <p className="field-note" role="status">
        {say(state === 'ended' ? 'settings.quit-done' : 'settings.quit-note')}
      </p>
    </div>
  )
}
