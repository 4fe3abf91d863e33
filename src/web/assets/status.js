// Shows each change of the job at once; without this script the page loads itself again.
const status = document.querySelector('#status[data-events]')
const said = document.querySelector('#said')
const shortestWaitSeconds = 2
const longestWaitSeconds = 30
let waitSeconds = shortestWaitSeconds

if (status) follow()

function follow() {
  const events = new EventSource(status.dataset.events)
  events.addEventListener('message', ({ data }) => {
    waitSeconds = shortestWaitSeconds
    show(data)
    if (isOver()) events.close()
  })
  // The browser itself connects again after a lost connection, but never after an answer that is
  // no stream, such as 502 while the web tier is deployed.
  events.addEventListener('error', () => {
    if (events.readyState !== EventSource.CLOSED) return
    setTimeout(follow, waitSeconds * 1000)
    waitSeconds = Math.min(waitSeconds * 2, longestWaitSeconds)
  })
}

function show(panel) {
  status.innerHTML = panel
  const name = status.querySelector('.state').textContent
  document.title = document.title.replace(/^.*?: /, `${name}: `)
  // Read aloud when the state changes, not with each percent.
  if (said.textContent !== document.title) said.textContent = document.title
}

function isOver() {
  return !status.querySelector('.state-waiting, .state-running, .state-retrying')
}
