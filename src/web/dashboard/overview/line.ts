import { type Html, html } from '../../../html.ts'
import { type Language, speak } from '../../../language.ts'
import type { Sight } from './sight.ts'
import { type Station, sidingsOf, stationsOf } from './station.ts'

type Box = { x: number; y: number; width: number; height: number }

/** The line as a picture: across, and for a phone downwards. The stylesheet shows one of them. */
export function linePicture(sight: Sight, language: Language): Html {
  const stations = stationsOf(sight, language)
  const sidings = sidingsOf(sight, language)
  const label = speak(language)('ジョブの流れ', 'The line of jobs')
  return html`${across(stations, sidings, label)}
${downwards(stations, sidings, label)}`
}

type Sidings = ReturnType<typeof sidingsOf>

function across(stations: Station[], { dead, failed }: Sidings, label: string) {
  const [width, height, pace, below] = [164, 92, 205, 134]
  const box = (column: number, y = 0): Box => ({ x: 1 + column * pace, y: y + 1, width, height })
  const gaps = stations.slice(1).map((_, index) => {
    const { x, y } = box(index)
    return toRight(x + width + 4, y + height / 2, pace - width - 8)
  })
  const falls = [2, 3].map(column => down(box(column).x + width / 2, height + 5, 33))
  return html`<svg class="line across" viewBox="0 0 986 ${below + height + 2}" role="group" aria-label="${label}">
${gaps}${falls}
${stations.map((station, index) => place(station, box(index)))}
${place(dead, box(2, below))}
${place(failed, box(3, below))}
</svg>`
}

function downwards(stations: Station[], { dead, failed }: Sidings, label: string) {
  const [width, height, pace, beside] = [178, 84, 112, 214]
  const box = (row: number): Box => ({ x: 1, y: 1 + row * pace, width, height })
  const aside = (row: number): Box => ({ ...box(row), x: beside, width: 135 })
  const gaps = stations
    .slice(1)
    .map((_, row) => down(1 + width / 2, box(row).y + height + 3, pace - height - 6))
  const falls = [2, 3].map(row => toRight(width + 5, box(row).y + height / 2, beside - width - 9))
  return html`<svg class="line downwards" viewBox="0 0 350 ${4 * pace + height + 2}" role="group" aria-label="${label}">
${gaps}${falls}
${stations.map((station, index) => place(station, box(index)))}
${place(dead, aside(2))}
${place(failed, aside(3))}
</svg>`
}

function place(station: Station, { x, y, width, height }: Box): Html {
  const { name, value, hint, href, isBad } = station
  const label = `${name}: ${value}, ${hint}`
  const middle = x + width / 2
  const inside = html`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="12"/>
<text x="${middle}" y="${y + 23}">${name}</text>
<text class="value" x="${middle}" y="${y + 53}">${value}</text>
<text class="hint" x="${middle}" y="${y + 75}">${hint}</text>`
  const kind = `station${isBad ? ' station-bad' : ''}`
  return href
    ? html`<a class="${kind}" href="${href}" aria-label="${label}">${inside}</a>`
    : html`<g class="${kind}" role="img" aria-label="${label}">${inside}</g>`
}

const toRight = (x: number, y: number, length: number) =>
  html`<path class="arrow" d="M${x} ${y}h${length}m-7 -6l7 6l-7 6"/>`
const down = (x: number, y: number, length: number) =>
  html`<path class="arrow" d="M${x} ${y}v${length}m-6 -7l6 7l6 -7"/>`
