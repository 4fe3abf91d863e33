import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { examine } from '../doctor/examine.ts'
import { type Project, readProject } from '../doctor/project.ts'
import { closeTiers } from '../doctor/tiers.ts'

/** The repository as it is. */
export const repository: Project = readProject(join(import.meta.dirname, '..'))

after(closeTiers)

/** The project with other texts; null takes a file away. */
export function withTexts(changes: Record<string, string | null>): Project {
  const texts = new Map(repository.texts)
  for (const [path, text] of Object.entries(changes))
    if (text === null) texts.delete(path)
    else texts.set(path, text)
  return { ...repository, texts }
}

/** The project with one text for another in a file, and the first line that differs. */
export function change(path: string, from: string | RegExp, to: string) {
  const text = repository.texts.get(path) ?? ''
  const changed = text.replace(from, () => to)
  assert.notEqual(changed, text, `${path} has no "${from}"`)
  const original = text.split('\n')
  const line = changed.split('\n').findIndex((line, index) => line !== original[index]) + 1
  return { project: withTexts({ [path]: changed }), place: `${path}:${line}` }
}

/** Where a text stands in the repository. */
export function where(path: string, text: string): string {
  const lines = (repository.texts.get(path) ?? '').split('\n')
  const index = lines.findIndex(line => line.includes(text))
  assert.ok(index >= 0, `${path} has no "${text}"`)
  return `${path}:${index + 1}`
}

/** Every finding, as `file:line rule`; each must be told in whole sentences. */
export async function found(project: Project): Promise<string[]> {
  return (await examine(project)).map(({ file, line, rule, ...sentences }) => {
    for (const sentence of Object.values(sentences)) assert.match(sentence, /^[\s\S]{8,}\.$/)
    return `${file}:${line} ${rule}`
  })
}

/** The settings of sqsd stand in two files: whoever plants a mistake in one makes the two differ. */
const copies = 'sqsd-copies'

/** A mistake in words, the file it is in, what stands there, what is planted, and the rule that finds it. */
export type Plant = [mistake: string, path: string, from: string | RegExp, to: string, rule: string]

/** Each mistake is found where it is planted, and nothing else is, but that a copy says something else. */
export function testPlants(plants: Plant[]) {
  for (const [mistake, path, from, to, rule] of plants)
    test(`${mistake} is found`, async () => {
      const { project, place } = change(path, from, to)
      const isAside = (other: string) => rule !== copies && other.endsWith(` ${copies}`)
      const places = (await found(project)).filter(other => !isAside(other))
      assert.deepEqual(places, [`${place} ${rule}`])
    })
}

/** What is legal is not found. */
export function testLegal(
  changes: [what: string, path: string, from: string | RegExp, to: string][]
) {
  for (const [what, path, from, to] of changes)
    test(`${what} is no mistake`, async () => {
      assert.deepEqual(await found(change(path, from, to).project), [])
    })
}
