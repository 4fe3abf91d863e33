import { isScalar, isSeq, type Node, visit } from 'yaml'
import { entries, items } from './yaml.ts'

/** A name that a template uses, where it stands, and what of it. */
export type Reference = {
  node: Node
  kind: 'Ref' | 'GetAtt' | 'Condition' | 'DependsOn' | 'FindInMap'
  id: string
  attribute?: string
}

/** Every reference below a node, in the short form (`!Ref x`) and the long (`Ref: x`). */
export function referencesIn(root: Node | undefined): Reference[] {
  const found: Reference[] = []
  if (!root) return found
  visit(root, {
    Node(_key, node) {
      if (node.tag?.startsWith('!')) found.push(...read(node.tag.slice(1), node as Node))
    },
    Pair(_key, pair) {
      const name = isScalar(pair.key) ? String(pair.key.value) : ''
      const isFunction = name === 'Ref' || name.startsWith('Fn::')
      if (isFunction && pair.value)
        found.push(...read(name.replace('Fn::', ''), pair.value as Node))
    }
  })
  return found
}

function read(name: string, node: Node): Reference[] {
  const [first = '', ...others] = words(node)
  switch (name) {
    case 'Ref':
      return [{ node, kind: 'Ref', id: first }]
    case 'GetAtt':
      return [attributeOf(node, [first, ...others].join('.'))]
    case 'Sub':
      return substitutions(node, first)
    case 'If':
    case 'Condition':
      return [{ node, kind: 'Condition', id: first }]
    case 'FindInMap':
      return first ? [{ node, kind: 'FindInMap', id: first }] : []
    default:
      return []
  }
}

/** The texts of a scalar or of a list. */
function words(node: Node): string[] {
  const list = isSeq(node) ? items(node) : [node]
  return list.map(item => (isScalar(item) ? String(item.value) : ''))
}

function attributeOf(node: Node, path: string): Reference {
  const [id = '', ...attribute] = path.split('.')
  return { node, kind: 'GetAtt', id, attribute: attribute.join('.') }
}

/** `${Queue}`, `${Queue.Arn}`; not `${!literal}`, nor what the map of the long form defines. */
function substitutions(node: Node, text: string): Reference[] {
  const own = new Set(entries(items(node)[1]).map(({ name }) => name))
  const names = [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name.trim())
  return names
    .filter(name => !own.has(name))
    .map(name =>
      name.includes('.') && !name.startsWith('AWS::')
        ? attributeOf(node, name)
        : { node, kind: 'Ref' as const, id: name }
    )
}
