/** What ends a command from outside: Ctrl-C, a service manager, a closed terminal. */
export interface StopSignal extends Disposable {
  readonly signal: AbortSignal
  /** Resolves when the command is to end. */
  readonly stopped: Promise<void>
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Listens for the signals that end a command. The second one ends the process at once. */
export function listenForStop(): StopSignal {
  const control = new AbortController()
  const { promise, resolve } = Promise.withResolvers<void>()
  const onSignal = (): void => {
    if (control.signal.aborted) process.exit(1)
    control.abort(new DOMException('told to stop', 'AbortError'))
    resolve()
  }
  for (const name of SIGNALS) process.on(name, onSignal)
  return {
    signal: control.signal,
    stopped: promise,
    [Symbol.dispose]() {
      for (const name of SIGNALS) process.off(name, onSignal)
    },
  }
}

/** How long the end of a command may take: trackers that don't answer the farewell are left. */
const FAREWELL_MS = 1500

/** Waits for `closing`, but not for long: what is on the disk by then is safe. */
export async function closeInTime(closing: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, FAREWELL_MS)
  await Promise.race([closing, promise])
  clearTimeout(timer)
}
