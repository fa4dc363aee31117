import type { Writable } from 'node:stream'

/** Waits until the client has taken what was written. False when it's gone or took nothing for too long. */
export function drained(outgoing: Writable, stallMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (ok: boolean): void => {
      clearTimeout(timer)
      outgoing.off('drain', onDrain)
      outgoing.off('close', onClose)
      resolve(ok)
    }
    const onDrain = (): void => settle(true)
    const onClose = (): void => settle(false)
    // W8: a player that is paused asks again when it goes on; a stranger keeps nothing of ours.
    const timer = setTimeout(() => {
      outgoing.destroy()
      settle(false)
    }, stallMs)
    outgoing.once('drain', onDrain)
    outgoing.once('close', onClose)
  })
}
