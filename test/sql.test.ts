import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openLine, order, post } from './line.ts'

const root = join(import.meta.dirname, '..')
const files = globSync('{src,migrations}/**/*.ts', { cwd: root }).filter(
  file => !file.endsWith('.test.ts')
)

/** What is put into statements, by file: constants of ours, and queries that Knex has built. */
const known: Record<string, string[]> = {
  'migrations/change-indexes.ts': ['name', 'table', "columns.join(', ')", "parts.join(', ')"],
  'migrations/007-overlap.ts': ['name'],
  'migrations/add-columns.ts': ['table', 'one', "added.join(', ')"],
  'src/queue/change.ts': ['places'],
  'src/queue/history.ts': ['took'],
  'src/queue/message.ts': ['cases'],
  'src/queue/effect.ts': ['insert', 'sql', 'doubts'],
  'src/sqsd/registry.ts': ['text', 'exact', 'lockMilliseconds']
}

/** What is handed to Knex or to a driver as SQL, up to the comma before its values. */
function statementsIn(source: string) {
  const calls = source.matchAll(/\.(?:raw|\w+Raw|pragma)\(\s*('[^']*'|"[^"]*"|`[^`]*`)?([^,)]*)/g)
  return [...calls]
    .map(([, text = '', more = '']) => text + more.trim())
    .filter(text => text !== '{ raw: parts }')
}

/** The names of what is put into it: the whole of it where it is no text, and each `${…}` within one. */
function holesIn(statement: string) {
  if (/^(?:'[^']*'|"[^"]*")$/.test(statement)) return []
  if (!/^`[^`]*`$/.test(statement)) return [statement]
  return [...statement.matchAll(/\$\{([^}]*)\}/g)].map(([, hole]) => hole ?? '')
}

/** Texts with SQL in them, wherever they go. */
function templatesIn(source: string) {
  const words = /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|ORDER BY|CREATE|ALTER|DROP) /
  return (source.match(/`[^`]*`/g) ?? []).filter(text => words.test(text))
}

test('SQL is a text of ours, and values are parameters', () => {
  let count = 0
  for (const file of files) {
    const source = readFileSync(join(root, file), 'utf8')
    for (const statement of [...statementsIn(source), ...templatesIn(source)]) {
      count += 1
      for (const hole of holesIn(statement))
        assert.ok(known[file]?.includes(hole), `${file} puts ${hole} into ${statement}`)
    }
  }
  assert.ok(count > 8, `${count} statements were found`)
})

test('the search for SQL finds what it must', () => {
  const template = ['`SELECT ', '$', '{name}`'].join('')
  const bad = `database.raw(${template}); q.whereRaw('a = ' + b); x.raw(text, [1]); y.raw('?', [1])`
  assert.deepEqual(statementsIn(bad).flatMap(holesIn), ['name', "'a = '+ b", 'text'])
  assert.deepEqual(templatesIn(bad), [template])
})

const hostile = [
  "' OR '1'='1",
  "1' OR 1=1 -- ",
  '1;DROP TABLE jobs',
  '" OR ""="',
  '1 UNION SELECT 1',
  '\\',
  '%',
  '_',
  '1e1',
  'null',
  '[object Object]'
]

test('hostile words in any part of an address find nothing, and break nothing', async t => {
  const { webUrl, line } = await openLine(t)
  const { body } = await post(webUrl, order())
  const operator = `Basic ${Buffer.from('x:local').toString('base64')}`
  const ask = async (path: string, authorization = 'Bearer local', method = 'GET') => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const init = { method, headers: { authorization, ...(method === 'POST' ? type : {}) } }
    const response = await fetch(webUrl + path, { ...init, redirect: 'manual' })
    return { status: response.status, text: await response.text() }
  }
  const other = `href="/dashboard/jobs/${body.id}"`
  for (const word of hostile) {
    const part = encodeURIComponent(word)
    for (const path of [`/jobs/${part}`, `/jobs/${part}/file`, `/jobs/${body.token}/file/${part}`])
      assert.equal((await ask(path)).status, 404, path)
    assert.equal((await ask(`/api/jobs/${part}`)).status, 404, word)
    assert.equal((await ask(`/jobs/${body.token}${part}`)).status, 404, word)
    // What is no filter is none: the list is whole, as without it.
    for (const query of [
      `state=${part}`,
      `kind=${part}%20`,
      `from=${part}&to=${part}`,
      `before=${part}`,
      `state[]=${part}`,
      `before=1&before=${part}`
    ]) {
      const { status, text } = await ask(`/dashboard/jobs/?${query}`, operator)
      assert.ok(status === 200 && text.includes(other), query)
    }
    assert.equal((await ask(`/dashboard/jobs/${part}`, operator)).status, 404, word)
    for (const kind of ['groups', 'messages'])
      assert.equal((await ask(`/dashboard/dead-letters/${kind}/${part}`, operator)).status, 404)
    for (const by of ['key', 'words', part]) {
      const { status } = await ask(`/dashboard/jobs/?q=${part}&by=${by}`, operator)
      assert.equal(status, 200, `${word} by ${by}`)
    }
    for (const path of [`${part}/retry`, `1/${part}`, `bulk/${part}`, `bulk/retry?state=${part}`])
      assert.equal((await ask(`/dashboard/jobs/${path}`, operator, 'POST')).status, 404, path)
    const { status } = await post(webUrl, order({ number: word }), { 'idempotency-key': part })
    assert.equal(status, 202, word)
  }
  const [row] = await line.database('jobs').count({ count: '*' })
  assert.equal(Number(row?.['count']), hostile.length + 1)
})
