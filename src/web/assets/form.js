// Adds and removes rows without leaving the page, so that nothing typed meanwhile can be lost; without
// this script the same buttons ask the server for the form with a row more or less.
import { keepDraft } from './draft.js'
import { watchFiles } from './file.js'

const form = document.querySelector('#order')
const lists = [...form.querySelectorAll('.rows')]

keepDraft(form, drawRowsFor)
watchFiles(form)
for (const list of lists)
  list.parentElement.addEventListener('click', event => {
    const button = event.target.closest('[data-add-row], [data-remove-row]')
    if (!button) return
    event.preventDefault()
    const row = button.closest('.row')
    // The second click of a double click meets the next row, which has come up meanwhile.
    if (row && event.detail > 1) return
    if (row) remove(list, row)
    else add(list)
  })

function add(list) {
  list.append(newRow(list))
  renumber(list, list.children.length - 1)
  focusOn(list.lastElementChild)
}

function remove(list, row) {
  const next = row.nextElementSibling ?? row.previousElementSibling
  const index = [...list.children].indexOf(row)
  row.remove()
  renumber(list, index)
  focusOn(next)
}

/** As many rows in each list as the fields of these names need. */
function drawRowsFor(names) {
  for (const list of lists) {
    const own = names.filter(name => name.startsWith(`${list.dataset.name}.`))
    const indexes = own.map(name => /\.(\d+)\./.exec(name)?.[1]).filter(Boolean)
    if (indexes.length === 0) continue
    const count = Math.max(...indexes) + 1
    while (list.children.length > count) list.lastElementChild.remove()
    while (list.children.length < count) list.append(newRow(list))
    renumber(list, 0)
  }
}

function newRow(list) {
  return list.parentElement.querySelector('template').content.cloneNode(true)
}

function focusOn(row) {
  row.querySelector('input, select').focus()
}

/** Names and ids carry the index of their row (`lines.0.unit`, `f-lines-0-unit`), texts its number. */
function renumber(list, first) {
  for (let index = first; index < list.children.length; index += 1) {
    const row = list.children[index]
    for (const element of [row, ...row.querySelectorAll('*')]) setIndex(element, index)
    for (const text of row.querySelectorAll('[data-row-number]'))
      text.textContent = text.textContent.replace(/\d+/, String(index + 1))
  }
  const isFull = list.children.length >= Number(list.dataset.most)
  list.parentElement.querySelector('[data-add-row]').hidden = isFull
  list.parentElement.querySelector('[data-full]').hidden = !isFull
}

function setIndex(element, index) {
  for (const name of ['name', 'id', 'for', 'aria-describedby', 'aria-labelledby']) {
    const value = element.getAttribute(name)
    if (value) element.setAttribute(name, value.replace(/([.-])\d+(?=[.-])/g, `$1${index}`))
  }
  if (element.matches('[data-remove-row]')) element.value = element.value.replace(/\d+$/, index)
}
