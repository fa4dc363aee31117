import type { RemoteCommand, RemoteState } from '#api'
import { PhoneLink, type Link } from './phone-link.ts'
import { WORDS } from './phone-words.ts'
import './phone.css'

const KEPT_AS = 'matinee.phone-token'
/** A finger on a slider is heard so often. */
const DRAG_EVERY_MS = 150
/** `PHONE_RATES` of the contract, whose schemas a page this small has no room for. */
const RATES = [0.75, 1, 1.25, 1.5, 2] as const

const language = navigator.languages
  .map((tag) => tag.split('-')[0] ?? '')
  .find((code) => code in WORDS)
const words = { ...WORDS['en'], ...WORDS[language ?? 'en'] }
document.documentElement.lang = language ?? 'en'

const PHASES: Readonly<Record<RemoteState['phase'], string>> = {
  opening: 'phone.opening',
  playing: 'phone.playing',
  paused: 'phone.paused',
  waiting: 'phone.waiting',
  ended: 'phone.ended',
  failed: 'phone.failed',
}
const MESSAGES: Readonly<Record<Exclude<Link['kind'], 'on'>, readonly [string, string]>> = {
  pairing: ['phone.pairing', ''],
  'no-code': ['phone.no-code', 'phone.no-code-note'],
  used: ['phone.used', 'phone.used-note'],
  away: ['phone.away', 'phone.away-note'],
  over: ['phone.over', 'phone.over-note'],
}

function say(key: string): string {
  return words[key] ?? ''
}

function part<Element extends HTMLElement>(id: string, kind: new () => Element): Element {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`)
  return found
}

function timeText(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`
}

const button = (id: string): HTMLButtonElement => part(id, HTMLButtonElement)
const note = part('note', HTMLElement)
const message = part('message', HTMLElement)
const remote = part('remote', HTMLElement)
const time = part('time', HTMLInputElement)
const volume = part('volume', HTMLInputElement)
const rate = part('rate', HTMLSelectElement)
const playIcon = document.getElementById('play-icon')

let shown: RemoteState | null = null
/** What a finger is on says where it goes, not where the film is. */
let held: HTMLInputElement | null = null

const link = new PhoneLink({
  send: (path, init) => fetch(path, init),
  kept: {
    get: () => sessionStorage.getItem(KEPT_AS),
    set: (token) =>
      token === null ? sessionStorage.removeItem(KEPT_AS) : sessionStorage.setItem(KEPT_AS, token),
  },
  later: (delayMs, run) => void setTimeout(run, delayMs),
  isShown: () => document.visibilityState === 'visible',
  onChange: draw,
})

function ask(command: RemoteCommand): void {
  void link.ask(command)
}

function draw(now: Link): void {
  const state = now.kind === 'on' ? now.state : null
  shown = state
  remote.hidden = state === null
  message.hidden = state !== null
  if (state === null) {
    const [title, text] = now.kind === 'on' ? ['phone.nothing', ''] : MESSAGES[now.kind]
    part('message-title', HTMLElement).textContent = say(title)
    part('message-note', HTMLElement).textContent = text === '' ? '' : say(text)
    setNote('')
    return
  }
  drawState(state)
}

/** Said by a screen reader when it's another one only. */
function setNote(text: string): void {
  if (note.textContent !== text) note.textContent = text
}

function drawState(state: RemoteState): void {
  setNote(say(PHASES[state.phase]))
  part('title', HTMLElement).textContent = state.title
  part('subtitle', HTMLElement).textContent = state.subtitle
  const { durationSeconds, positionSeconds } = state
  if (held !== time)
    time.value = String(durationSeconds === 0 ? 0 : (positionSeconds / durationSeconds) * 1000)
  time.disabled = durationSeconds === 0
  drawTime(held === time ? timeAtHandle() : positionSeconds)
  part('length', HTMLElement).textContent = timeText(durationSeconds)
  const isOver = state.phase === 'ended'
  button('play').ariaLabel = say(
    isOver ? 'phone.again' : state.wantsToPlay ? 'phone.pause' : 'phone.play',
  )
  playIcon?.setAttribute(
    'd',
    state.wantsToPlay && !isOver ? 'M8 5v14M16 5v14' : 'M8 4.5v15l12-7.5z',
  )
  const isSilent = state.isMuted || state.volume === 0
  button('mute').textContent = say(isSilent ? 'phone.unmute' : 'phone.mute')
  if (held !== volume) volume.value = String(state.isMuted ? 0 : Math.round(state.volume * 100))
  const subtitles = button('subtitles')
  subtitles.hidden = !state.hasSubtitles
  subtitles.ariaChecked = String(state.areSubtitlesShown)
  subtitles.textContent = say(
    state.areSubtitlesShown ? 'phone.subtitles-on' : 'phone.subtitles-off',
  )
  if (document.activeElement !== rate) rate.value = String(state.rate)
  button('next').hidden = !state.hasNext
}

function timeAtHandle(): number {
  return (Number(time.value) / 1000) * (shown?.durationSeconds ?? 0)
}

function drawTime(seconds: number): void {
  const text = timeText(seconds)
  part('position', HTMLElement).textContent = text
  time.ariaValueText = text
}

function hold(slider: HTMLInputElement): void {
  slider.addEventListener('input', () => {
    held = slider
  })
  slider.addEventListener('change', () => {
    held = null
  })
}

button('back').ariaLabel = say('phone.back')
button('forward').ariaLabel = say('phone.forward')
time.ariaLabel = say('phone.time')
volume.ariaLabel = say('phone.volume')
button('next').textContent = say('phone.next')
button('leave').textContent = say('phone.leave')
part('rate-name', HTMLElement).textContent = say('phone.rate')
for (const value of RATES) {
  const text = new Intl.NumberFormat(document.documentElement.lang).format(value)
  rate.add(new Option(`${text}×`, String(value)))
}
document.title = say('phone.title')

button('back').addEventListener('click', () => ask({ kind: 'seek-by', seconds: -10 }))
button('forward').addEventListener('click', () => ask({ kind: 'seek-by', seconds: 10 }))
button('play').addEventListener('click', () => {
  const goesOn = shown?.wantsToPlay === true && shown.phase !== 'ended'
  ask({ kind: goesOn ? 'pause' : 'play' })
})
button('mute').addEventListener('click', () => {
  const isSilent = shown?.isMuted === true || shown?.volume === 0
  ask({ kind: 'mute', isMuted: !isSilent })
})
button('subtitles').addEventListener('click', () =>
  ask({ kind: 'subtitles', areShown: shown?.areSubtitlesShown !== true }),
)
button('next').addEventListener('click', () => ask({ kind: 'next-episode' }))
button('leave').addEventListener('click', () => void link.leave())
rate.addEventListener('change', () => {
  const chosen = RATES.find((value) => String(value) === rate.value)
  if (chosen !== undefined) ask({ kind: 'rate-to', rate: chosen })
})
hold(time)
hold(volume)
time.addEventListener('input', () => drawTime(timeAtHandle()))
time.addEventListener('change', () =>
  ask({ kind: 'seek-to-fraction', fraction: Number(time.value) / 1000 }),
)
let isVolumeSoon = false
/** By the finger: what is drawn meanwhile may still be how it was. */
let wishedVolume = 1
volume.addEventListener('input', () => {
  wishedVolume = Number(volume.value) / 100
  if (isVolumeSoon) return
  isVolumeSoon = true
  setTimeout(() => {
    isVolumeSoon = false
    ask({ kind: 'volume-to', volume: wishedVolume })
  }, DRAG_EVERY_MS)
})

const secret = location.hash.slice(1)
// A secret that was used says nothing to whoever looks at the address.
history.replaceState(null, '', '/')
draw({ kind: 'pairing' })
void link.open(secret)
