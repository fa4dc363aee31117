/** `npm run journey`: from a fresh folder to a moving picture, as a viewer has it; nothing else. */
process.argv.push('e2e/journey.test.ts')
await import('./test.ts')
