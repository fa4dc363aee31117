export * from './fake-clock.ts'
export * from './node-hash.ts'
export * from './seeded-random.ts'
