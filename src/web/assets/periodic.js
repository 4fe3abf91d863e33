// Looks whether the run that was asked for is over, and shows it; without this script the page loads itself again.
const everyMilliseconds = 1500

const timer = setInterval(look, everyMilliseconds)

async function look() {
  if (document.hidden) return
  const fresh = await load().catch(() => undefined)
  const asked = fresh?.querySelector('[data-part="asked"]')
  if (!asked) return
  if (!asked.hasAttribute('data-waits')) clearInterval(timer)
  for (const part of document.querySelectorAll('[data-part]')) {
    const its = fresh.querySelector(`[data-part="${part.dataset.part}"]`)
    if (its && its.innerHTML !== part.innerHTML) part.innerHTML = its.innerHTML
  }
}

async function load() {
  const response = await fetch(location.href)
  return response.ok
    ? new DOMParser().parseFromString(await response.text(), 'text/html')
    : undefined
}
