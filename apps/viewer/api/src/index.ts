/** What the pages and the local server say to each other. The pages know nothing else of the server. */
export * from './failure.ts'
export * from './paths.ts'
export * from './session.ts'
export * from './status.ts'
export * from './stream.ts'
export * from './work.ts'
