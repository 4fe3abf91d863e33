// Shows each change of the job at once; without this script the page loads itself again.
const status = document.querySelector('#status[data-events]')
if (status) {
  const events = new EventSource(status.dataset.events)
  events.addEventListener('message', ({ data }) => {
    status.innerHTML = data
    document.title = document.title.replace(
      /^.*?: /,
      `${status.querySelector('.state').textContent}: `
    )
    if (!status.querySelector('.state-waiting, .state-running, .state-retrying')) events.close()
  })
}
