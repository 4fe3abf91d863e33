import { Piscina } from 'piscina'

/** On a machine that is busy the thread alone takes its time to begin. */
const seconds = 30
/** Pictures that wait for the thread; a picture that would wait longer is not worth it. */
const mostWaiting = 20
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 }

export type Painter = ReturnType<typeof openPainter>

/**
 * Draws first pages, one at a time, in a thread that begins with the first of them: a look at a page costs the
 * process 40 MB, and never more than one core.
 */
export function openPainter() {
  let pool: Piscina | undefined
  const open = () =>
    new Piscina({
      filename: new URL('./first-page.ts', import.meta.url).href,
      // Piscina replaces a thread that died only below `minThreads`.
      minThreads: 1,
      maxThreads: 1,
      maxQueue: mostWaiting,
      resourceLimits
    })
  return {
    /** The first page as a PNG. Rejects when there is too much to draw, or it takes longer than 30 s, its wait included. */
    async draw(pdf: Uint8Array): Promise<Uint8Array> {
      pool ??= open()
      return await pool.run(pdf, { signal: AbortSignal.timeout(seconds * 1000) })
    },
    async close() {
      await pool?.destroy()
    }
  }
}
