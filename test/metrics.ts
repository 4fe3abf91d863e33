/** What `/metrics` says. */
export async function scrape(url: string, token = 'local') {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    text: await response.text()
  }
}

/** The value of a series, as in `beanline_jobs{state="failed"}`, labels in any order; nothing where there is none. */
export function seriesIn(text: string, series: string): number | undefined {
  const wanted = parse(series)
  const line = text.split('\n').find(each => {
    if (each.startsWith('#') || !each.startsWith(wanted.name)) return false
    const { name, labels } = parse(each)
    return name === wanted.name && labels === wanted.labels
  })
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}

function parse(series: string) {
  const [, name = '', labels = ''] = /^([a-z_]+)(?:\{(.*)\})?/.exec(series) ?? []
  return { name, labels: (labels.match(/[a-z]+="[^"]*"/g) ?? []).sort().join() }
}
