/** The most values that one metric of CloudWatch's format may have. */
const most = 100

type Name = 'work' | 'waiting'

const kept: Record<Name, { values: number[]; seen: number }> = {
  work: { values: [], seen: 0 },
  waiting: { values: [], seen: 0 }
}

/** Keeps a hundred of all values since the last `take`, each as likely as any other (reservoir sampling). */
export function sample(name: Name, value: number) {
  const { values } = kept[name]
  const place = Math.floor(Math.random() * ++kept[name].seen)
  if (values.length < most) values.push(value)
  else if (place < most) values[place] = value
}

/** The values that were kept, and begins anew. */
export function take(name: Name): number[] {
  const { values } = kept[name]
  kept[name] = { values: [], seen: 0 }
  return values
}
