import type { Node } from 'yaml'
import { nearest } from '../src/near.ts'
import { type Properties, type PropertyType, typeProperties } from './specification.ts'
import { entries, isFunction, items, textOf } from './yaml.ts'

/** What is wrong with a property: where, in words, and what to do. */
export type Fault = { node: Node; problem: string; fix: string }

/** Every fault in a map of properties. `isPart`: it adds to a resource that is made elsewhere. */
export function checkProperties(
  owner: Node,
  node: Node | undefined,
  properties: Properties,
  name: string,
  isPart = false
): Fault[] {
  if (node && isFunction(node)) return []
  const given = entries(node)
  const unknown = given.filter(
    entry => !Object.hasOwn(properties, entry.name) && !isSpecial(entry.name)
  )
  const missing = Object.entries(properties).filter(
    ([key, { required }]) => required && !isPart && !given.some(entry => entry.name === key)
  )
  return [
    ...unknown.map(entry => unknownFault(entry.key, name, entry.name, Object.keys(properties))),
    ...missing.map(([key]) => missingFault(owner, name, key)),
    ...given.flatMap(({ name: key, value }) => {
      const property = properties[key]
      return property && value ? checkAny(value, typesOf(property), `${name}.${key}`) : []
    })
  ]
}

/** `Fn::If` and its like may stand where properties do, and `Fn::Transform` beside them. */
function isSpecial(key: string) {
  return key.startsWith('Fn::')
}

function unknownFault(node: Node, owner: string, key: string, known: string[]): Fault {
  const meant = nearest(key, known)
  return {
    node,
    problem: `${owner} has no property ${key}.`,
    fix: meant ? `write ${meant}.` : `use one of ${known.toSorted().join(', ')}.`
  }
}

function missingFault(node: Node, owner: string, key: string): Fault {
  return { node, problem: `${owner} needs the property ${key}.`, fix: `add ${key}.` }
}

/** A property may have had other types before, which CloudFormation still takes. */
function typesOf(property: Properties[string]): PropertyType[] {
  return [property.type, ...(property.previousTypes ?? [])]
}

/** No fault if one of the types fits; else the faults of the first. */
function checkAny(node: Node, types: PropertyType[], name: string): Fault[] {
  const tried = types.map(type => checkType(node, type, name))
  return tried.some(faults => faults.length === 0) ? [] : (tried[0] ?? [])
}

function checkType(node: Node, type: PropertyType, name: string): Fault[] {
  if (isFunction(node)) return []
  switch (type.type) {
    case 'integer':
    case 'number':
      return expect(node, /^-?\d+(\.\d+)?$/.test(textOf(node) ?? ''), name, 'a number')
    case 'boolean':
      return expect(node, /^(true|false)$/i.test(textOf(node) ?? ''), name, 'true or false')
    case 'string':
    case 'date-time':
      return expect(node, textOf(node) !== undefined, name, 'a text')
    case 'array':
      return checkList(node, type.element, name)
    case 'map':
      return entries(node).flatMap(({ name: key, value }) =>
        value ? checkType(value, type.element, `${name}.${key}`) : []
      )
    case 'ref':
      return checkMap(node, typeProperties(type.reference), name)
    case 'union':
      return checkAny(node, type.types, name)
    default:
      return []
  }
}

function checkList(node: Node, element: PropertyType, name: string): Fault[] {
  const list = items(node)
  if (list.length === 0 && !isEmptyList(node)) return expect(node, false, name, 'a list')
  return list.flatMap((item, index) => checkType(item, element, `${name}[${index}]`))
}

function checkMap(node: Node, properties: Properties, name: string): Fault[] {
  if (textOf(node) !== undefined || items(node).length > 0)
    return expect(node, false, name, 'a map')
  return checkProperties(node, node, properties, name)
}

function isEmptyList(node: Node) {
  return 'items' in node && Array.isArray(node.items) && node.items.length === 0
}

function expect(node: Node, isRight: boolean, name: string, what: string): Fault[] {
  return isRight ? [] : [{ node, problem: `${name} must be ${what}.`, fix: `write ${what}.` }]
}
