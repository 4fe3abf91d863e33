/** The minutes in which a task is due: a set of allowed values for each field. */
export type Schedule = {
  minutes: Set<number>
  hours: Set<number>
  days: Set<number>
  months: Set<number>
  weekdays: Set<number>
  /** When both day fields are restricted, a day that fits either is due (crontab(5)). */
  eitherDay: boolean
}

type Field = { name: string; low: number; high: number; names?: string[] }

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const weekdayNames = 'sun mon tue wed thu fri sat'.split(' ')

const fields: [Field, Field, Field, Field, Field] = [
  { name: 'minute', low: 0, high: 59 },
  { name: 'hour', low: 0, high: 23 },
  { name: 'day of month', low: 1, high: 31 },
  { name: 'month', low: 1, high: 12, names: monthNames },
  { name: 'day of week', low: 0, high: 7, names: weekdayNames }
]

const nicknames = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *']
])

/** Reads a schedule of five fields, or a nickname. Throws a sentence that names the wrong field. */
export function parseSchedule(text: string): Schedule {
  const parts = split(text)
  const [minutes, hours, days, months, weekdays] = fields.map((field, index) =>
    parseField(field, parts[index] as string)
  ) as [Set<number>, Set<number>, Set<number>, Set<number>, Set<number>]
  if (weekdays.delete(7)) weekdays.add(0)
  const eitherDay = parts[2] !== '*' && parts[4] !== '*'
  return { minutes, hours, days, months, weekdays, eitherDay }
}

function split(text: string): string[] {
  const trimmed = text.trim()
  const parts = (nicknames.get(trimmed) ?? trimmed).split(/\s+/)
  if (parts.length === 5 || parts.length === 6) return parts
  if (trimmed.startsWith('@'))
    throw new Error(`"${trimmed}" is unknown; write one of ${[...nicknames.keys()].join(', ')}.`)
  throw new Error(
    `"${text}" has ${parts.length} fields; write five: minute, hour, day, month, weekday.`
  )
}

/** Amazon's daemon takes a sixth field and ignores it. */
export function hasIgnoredField(text: string): boolean {
  return text.trim().split(/\s+/).length === 6
}

function parseField(field: Field, text: string): Set<number> {
  return new Set(text.split(',').flatMap(part => parsePart(field, part)))
}

function parsePart(field: Field, part: string): number[] {
  const [, star, from = '', to, step] = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part) ?? []
  const isStepAlone = !star && to === undefined && step !== undefined
  if ((!star && !from) || isStepAlone || Number(step) === 0) throw wrong(field, part)
  const low = star ? field.low : numberIn(field, from)
  const high = star ? field.high : numberIn(field, to ?? from)
  if (low > high) throw wrong(field, part)
  const every = Number(step ?? 1)
  return Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, n) => low + n * every)
}

function numberIn(field: Field, text: string): number {
  const named = field.names?.indexOf(text.toLowerCase()) ?? -1
  const value = named >= 0 ? named + (field.name === 'month' ? 1 : 0) : Number(text)
  const isInside =
    /^\d+$/.test(text) || named >= 0 ? value >= field.low && value <= field.high : false
  if (!isInside) throw wrong(field, text)
  return value
}

function wrong({ name, low, high }: Field, part: string) {
  return new Error(
    `"${part}" is no ${name}; write a number from ${low} to ${high}, *, a range as 1-5, a step as */15, or a list of these.`
  )
}

const minute = 60_000
const day = 24 * 60 * minute
/** 29 February can be eight years away: 2100 is no leap year. */
const horizonDays = 366 * 8

/** The first minute after `after` that is due, in UTC; nothing if there never is one (31 February). */
export function nextTick(schedule: Schedule, after: Date): Date | undefined {
  let time = Math.floor(after.getTime() / minute) * minute + minute
  const end = time + horizonDays * day
  while (time < end) {
    const date = new Date(time)
    if (!isDueDay(schedule, date)) time = Math.floor(time / day) * day + day
    else if (!schedule.hours.has(date.getUTCHours())) time += (60 - date.getUTCMinutes()) * minute
    else if (!schedule.minutes.has(date.getUTCMinutes())) time += minute
    else return date
  }
  return undefined
}

function isDueDay({ days, months, weekdays, eitherDay }: Schedule, date: Date) {
  if (!months.has(date.getUTCMonth() + 1)) return false
  const isDay = days.has(date.getUTCDate())
  const isWeekday = weekdays.has(date.getUTCDay())
  return eitherDay ? isDay || isWeekday : isDay && isWeekday
}
