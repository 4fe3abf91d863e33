// Says at once that a file is too large, before minutes are spent on sending it.
export function watchFiles(form) {
  form.addEventListener('change', ({ target }) => {
    if (target.type !== 'file') return
    const isTooLarge = [...target.files].some(({ size }) => size > Number(target.dataset.most))
    if (isTooLarge) target.value = ''
    note(target, isTooLarge ? target.dataset.tooLarge : '')
  })
}

function note(input, text) {
  const id = `${input.id}-size`
  document.getElementById(id)?.remove()
  input.toggleAttribute('aria-invalid', Boolean(text))
  if (!text) return
  const error = Object.assign(document.createElement('p'), {
    id,
    className: 'error',
    textContent: text
  })
  error.setAttribute('role', 'alert')
  input.after(error)
  input.setAttribute('aria-invalid', 'true')
}
