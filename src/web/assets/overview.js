// Brings each part of the page up to date while somebody looks; without this script the page loads itself again.
const everySeconds = 5
const parts = [...document.querySelectorAll('[data-part]')]
const shown = new Map(parts.map(part => [part, part.innerHTML]))
const pause = document.querySelector('#pause')
const stale = document.querySelector('#stale')
let isPaused = false
let isUnderWay = false

pause.hidden = false
const [stop, go] = [pause.textContent, pause.dataset.go]
pause.addEventListener('click', () => {
  isPaused = !isPaused
  pause.textContent = isPaused ? go : stop
  if (!isPaused) renew()
})
setInterval(renew, everySeconds * 1000)
document.addEventListener('visibilitychange', renew)

async function renew() {
  if (isPaused || isUnderWay || document.hidden || isSelecting()) return
  isUnderWay = true
  const fresh = await load().catch(() => undefined)
  isUnderWay = false
  stale.textContent = fresh ? '' : stale.dataset.text
  if (!fresh || isPaused) return
  for (const part of parts) show(part, fresh.querySelector(`[data-part="${part.dataset.part}"]`))
}

/** Nothing where the answer is another page, such as the one that asks for the password. */
async function load() {
  const response = await fetch(location.href)
  if (!response.ok) return undefined
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  return page.querySelector('[data-part]') ? page : undefined
}

function show(part, fresh) {
  if (!fresh || shown.get(part) === fresh.innerHTML) return
  shown.set(part, fresh.innerHTML)
  const open = [...part.querySelectorAll('details')].map(details => details.open)
  const focus = placeOfFocus(part)
  part.innerHTML = fresh.innerHTML
  part.querySelectorAll('details').forEach((details, index) => {
    details.open = open[index] ?? false
  })
  if (focus) (findAgain(part, focus) ?? part).focus({ preventScroll: true })
}

/** Which of the links to the same place, or of the headings of details, has the focus. */
function placeOfFocus(part) {
  const element = document.activeElement
  if (!part.contains(element) || element === part) return undefined
  const href = element.getAttribute('href')
  const selector = href ? `a[href="${CSS.escape(href)}"]` : element.localName
  return { selector, index: [...part.querySelectorAll(selector)].indexOf(element) }
}

function findAgain(part, { selector, index }) {
  return part.querySelectorAll(selector)[index]
}

/** Whoever marks words on the page is about to copy them. */
function isSelecting() {
  return !(document.getSelection()?.isCollapsed ?? true)
}
