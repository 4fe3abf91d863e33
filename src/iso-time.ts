/** A time in milliseconds since 1970 as programs read it; MySQL may give it as text. */
export const iso = (time: number | null | undefined) =>
  time == null ? null : new Date(Number(time)).toISOString()
