/** The two rooms of the pages, or whichever the computer asks for. */
export const ROOMS = ['computer', 'house', 'sheet'] as const
export type Room = (typeof ROOMS)[number]

const CHOICE_KEY = 'matinee.room'

/** What was chosen in this browser. */
export function chosenRoom(): Room {
  const kept = localStorage.getItem(CHOICE_KEY)
  return ROOMS.find((room) => room === kept) ?? 'computer'
}

/** Shows the pages in a room. */
export function enterRoom(room: Room): void {
  if (room === 'computer') delete document.documentElement.dataset['room']
  else document.documentElement.dataset['room'] = room
}

/** Shows the pages in a room, also next time. */
export function chooseRoom(room: Room): void {
  localStorage.setItem(CHOICE_KEY, room)
  enterRoom(room)
}
