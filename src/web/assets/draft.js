// Brings back what was typed when the page is loaded again or come back to. Browsers do so for the
// fields that the server drew, but not for rows that were added since.
const key = `draft ${location.pathname}`

export function keepDraft(form, setRows) {
  addEventListener('pagehide', () => save(textOf(form)))
  const [{ type }] = performance.getEntriesByType('navigation')
  const draft = type === 'reload' || type === 'back_forward' ? load() : []
  if (draft.length === 0) return
  setRows(draft.map(([name]) => name))
  for (const [name, value] of draft) {
    const field = form.elements.namedItem(name)
    if (field && !['file', 'checkbox'].includes(field.type)) field.value = value
  }
  const ticked = new Set(draft.map(([name]) => name))
  for (const box of form.querySelectorAll('[type="checkbox"]')) box.checked = ticked.has(box.name)
}

// No script may choose a file for the person.
function textOf(form) {
  return [...new FormData(form)].filter(([, value]) => typeof value === 'string')
}

// Where a browser forbids storage, a form without drafts is better than none.
function save(draft) {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft))
  } catch {}
}

function load() {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '[]')
  } catch {
    return []
  }
}
