import { type Html, html } from '../../../html.ts'

/** What is drawn in a chart, by the class that colours it, and what it is called. */
export type Key = { mark: string; name: string }

type Chart = {
  title: string
  /** What one sees in it, in words. */
  summary: string
  keys: Key[]
  /** At the top of the axis, and in the middle. */
  heights: [string, string]
  /** Under the left end, and in the middle. */
  times: [string, string, string]
  drawing: Html
  /** How many intervals there are: the drawing is as many units wide, and 100 high. */
  width: number
}

/** The words are around the picture and not in it, so that they are as large on a phone as on a desk. */
export function chart(about: Chart): Html {
  const { title, summary, keys, heights, times, drawing, width } = about
  return html`<figure class="chart">
<figcaption><h3>${title}</h3><p class="keys">${keys.map(({ mark, name }) => html`<span class="key ${mark}">${name}</span>`)}</p></figcaption>
<div class="plot"><p class="heights" aria-hidden="true"><span>${heights[0]}</span><span>${heights[1]}</span><span>0</span></p>
<svg viewBox="0 0 ${width} 100" preserveAspectRatio="none" role="img" aria-label="${summary}"><path class="grid" d="M0 0H${width}M0 50H${width}M0 100H${width}"/>${drawing}</svg></div>
<p class="times" aria-hidden="true">${times.map(time => html`<span>${time}</span>`)}</p>
</figure>`
}

type Part = { mark: string; values: number[] }

/** One bar for each interval, in parts that stand on each other; `titles` show under the mouse. */
export function bars(parts: Part[], top: number, titles: string[]) {
  return html`${plainBars(parts, top)}${titles.map((title, index) => html`<rect class="touch" x="${index}" width="1" height="100"><title>${title}</title></rect>`)}`
}

/** The bars alone. */
export function plainBars(parts: Part[], top: number): Html[] {
  const feet: number[] = []
  return parts.map(({ mark, values }) => {
    const path = values.map((value, index) => {
      const [foot, height] = [feet[index] ?? 0, (value / top) * 100]
      feet[index] = foot + height
      return value > 0 ? bar(index, 100 - foot, height) : ''
    })
    return html`<path class="${mark}" d="${path.join('')}"/>`
  })
}

const bar = (index: number, foot: number, height: number) =>
  `M${index + 0.12} ${round(foot)}v-${round(height)}h.76v${round(height)}z`

/** A step for each interval that has a value; a gap where it has none. */
export function steps(mark: string, values: (number | undefined)[], top: number): Html {
  const path = values.map((value, index) => {
    if (value === undefined) return ''
    const height = round(100 - (value / top) * 100)
    const isOn = values[index - 1] !== undefined
    return `${isOn ? `V${height}` : `M${index} ${height}`}H${index + 1}`
  })
  return html`<path class="${mark}" d="${path.join('')}"/>`
}

const round = (number: number) => Number(number.toFixed(1))
