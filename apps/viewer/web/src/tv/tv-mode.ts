/** What the pages are looked at on. A television is a mode, not a width: it's seen from far, and worked by a remote control. */
export const SCREENS = ['computer', 'television'] as const
export type Screen = (typeof SCREENS)[number]

const CHOICE_KEY = 'matinee.screen'

/** What was chosen in this browser; `?tv` behind an address chooses the television. */
export function chosenScreen(): Screen {
  if (new URLSearchParams(location.search).has('tv')) localStorage.setItem(CHOICE_KEY, 'television')
  return localStorage.getItem(CHOICE_KEY) === 'television' ? 'television' : 'computer'
}

/** Lays the pages out for a screen. What works them from far is loaded only then. */
export function enterScreen(screen: Screen): void {
  const { dataset } = document.documentElement
  if (screen === 'computer') delete dataset['mode']
  else {
    dataset['mode'] = 'tv'
    void import('./remote-keys.ts').then(({ listenForArrows }) => listenForArrows())
  }
}

/** The same, also next time. */
export function chooseScreen(screen: Screen): void {
  localStorage.setItem(CHOICE_KEY, screen)
  enterScreen(screen)
}

/** At the start of the pages: as was chosen; and who takes a gamepad in hand sits before a television. */
export function beginScreen(): void {
  enterScreen(chosenScreen())
  addEventListener('gamepadconnected', () => {
    enterScreen('television')
    void import('./gamepad.ts').then(({ followGamepads }) => followGamepads())
  })
}
