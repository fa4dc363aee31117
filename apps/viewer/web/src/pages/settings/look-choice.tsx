import { useState, type ReactNode } from 'react'
import { RadioGroup } from '../../design/radio-group.tsx'
import { useText } from '../../i18n/text.tsx'
import { ROOMS, chooseRoom, chosenRoom } from '../../style/room.ts'
import { SCREENS, chooseScreen, chosenScreen } from '../../tv/tv-mode.ts'

/** How the pages look in this browser: dark or light, and from how far. */
export function LookChoice(): ReactNode {
  const { say } = useText()
  const [room, setRoom] = useState(chosenRoom)
  const [screen, setScreen] = useState(chosenScreen)
  return (
    <>
      <RadioGroup
        label={say('settings.room')}
        options={[
          { id: 'computer', label: say('settings.room-computer') },
          { id: 'house', label: say('settings.room-house') },
          { id: 'sheet', label: say('settings.room-sheet') },
        ]}
        value={room}
        onChange={(id) => {
          const chosen = ROOMS.find((each) => each === id)
          if (chosen === undefined) return
          chooseRoom(chosen)
          setRoom(chosen)
        }}
      />
      <RadioGroup
        label={say('settings.screen')}
        options={[
          { id: 'computer', label: say('settings.screen-computer') },
          { id: 'television', label: say('settings.screen-television') },
        ]}
        value={screen}
        onChange={(id) => {
          const chosen = SCREENS.find((each) => each === id)
          if (chosen === undefined) return
          chooseScreen(chosen)
          setScreen(chosen)
        }}
      />
    </>
  )
}
