import './end-with-parent.ts'

/** Our daemon, as `npm run sqsd` runs it. */
await import('../../src/sqsd/main.ts')
