import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found, repository, where, withTexts } from '../../test/doctor.ts'

const without = (start: string) => ({
  ...repository,
  bundle: repository.bundle.filter(path => !path.startsWith(start))
})
const plus = (...paths: string[]) => ({ ...repository, bundle: [...repository.bundle, ...paths] })

for (const path of [
  'cron.yaml',
  'package-lock.json',
  'src/migrate.ts',
  'migrations/',
  '.platform/'
])
  test(`a bundle without ${path} is found`, async () => {
    assert.deepEqual(await found(without(path)), ['.gitattributes:1 bundle-needs'])
  })

test('the line of .gitattributes that leaves out too much is told', async () => {
  const text = `${repository.texts.get('.gitattributes')}/migrations export-ignore\n`
  const { texts } = withTexts({ '.gitattributes': text })
  const line = text.split('\n').length - 1
  assert.deepEqual(await found({ ...without('migrations/'), texts }), [
    `.gitattributes:${line} bundle-needs`
  ])
})

test('tests, documents and tools in the bundle are found, once for a folder', async () => {
  const paths = ['docs/a.md', 'docs/b.md', 'src/x.test.ts', 'infra/shared.yaml']
  const places = await found(plus(...paths))
  assert.deepEqual(places, Array(3).fill('.gitattributes:1 bundle-extras'))
})

test('modules that were committed are found', async () => {
  const path = 'node_modules/pino/pino.js'
  assert.deepEqual(await found(plus(path)), [`${path}:1 bundle-extras`])
})

test('a folder of the sources with the name of a tool is no mistake', async () => {
  const paths = ['src/test/x.ts', 'src/docs/x.ts', 'README.md', 'src/contest.ts']
  assert.deepEqual(await found(plus(...paths)), [])
})

test('an .ebignore that forgets what git leaves out is found', async () => {
  const project = withTexts({ '.ebignore': 'node_modules/\n' })
  assert.deepEqual(await found(project), ['.ebignore:1 ebignore'])
})

test('a complete .ebignore is no mistake', async () => {
  const project = withTexts({ '.ebignore': '/.git/\nnode_modules/\n.env*\n/test\ninfra/\n' })
  assert.deepEqual(await found(project), [])
})

test('a comment in .gitattributes is where it is', () => {
  assert.equal(where('.gitattributes', '# '), '.gitattributes:1')
})

test('a file that is imported and not shipped is found at each import', async () => {
  const bundle = repository.bundle.filter(path => path !== 'src/storage.ts')
  const places = await found({ ...repository, bundle })
  assert.ok(places.length > 0)
  const told = places.map(place => place.replace(/^src\/.*\.ts:\d+/, 'src'))
  assert.deepEqual([...new Set(told)], ['src bundle-imports'])
})
