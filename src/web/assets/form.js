// Adds and removes lines without leaving the page: the server draws them, as it does without this script.
document
  .querySelector('#f-lines')
  ?.closest('form')
  .addEventListener('submit', async event => {
    const { submitter, target: form } = event
    const isEdit = /^(add|remove)-/.test(submitter?.value)
    if (!isEdit) return
    event.preventDefault()
    const body = new URLSearchParams(new FormData(form, submitter))
    const response = await fetch(form.getAttribute('action'), { method: 'POST', body }).catch(
      () => undefined
    )
    if (!response?.ok) return
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    const lines = document.querySelector('#f-lines')
    lines.replaceWith(page.querySelector('#f-lines'))
    const rows = [...document.querySelectorAll('#f-lines .row')]
    const added = submitter.value === 'add-line'
    const next = added
      ? rows.at(-1)
      : rows[Math.min(Number(submitter.value.split('-').at(-1)), rows.length - 1)]
    next?.querySelector('input')?.focus()
  })
