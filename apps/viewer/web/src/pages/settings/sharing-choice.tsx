import type { ReactNode } from 'react'
import type { Settings, Sharing } from '#api'
import { RadioGroup } from '../../design/radio-group.tsx'
import { useText } from '../../i18n/text.tsx'

const SHARING_IDS: readonly Sharing[] = ['share', 'web-only']

/** How films arrive: from people, or from servers alone. */
export function SharingChoice({
  value,
  onChange,
}: {
  readonly value: Sharing
  readonly onChange: (patch: Pick<Settings, 'sharing'>) => void
}): ReactNode {
  const { say } = useText()
  return (
    <RadioGroup
      label={say('settings.sharing')}
      isLabelHidden
      look="panels"
      options={[
        { id: 'share', label: say('settings.share'), note: say('settings.share-note') },
        { id: 'web-only', label: say('settings.web-only'), note: say('settings.web-only-note') },
      ]}
      value={value}
      onChange={(id) => {
        const sharing = SHARING_IDS.find((each) => each === id)
        if (sharing !== undefined) onChange({ sharing })
      }}
    />
  )
}
