/** The player: one for the whole application. What it's made of comes when something plays. */
export * from './player-context.tsx'
export * from './player-host.tsx'
