/** `2026-11-23 14:05:09` in Japan, where the operators are; say JST beside it. */
export function japanTime(time: Date | number | string): string {
  // Swedish is the locale that writes dates as ISO 8601 does.
  return new Date(time).toLocaleString('sv-SE', { timeZone: 'Asia/Tokyo' })
}

/** `2026-11-23`, the day that it is in Japan. */
export function japanToday(): string {
  return japanTime(new Date()).slice(0, 10)
}
