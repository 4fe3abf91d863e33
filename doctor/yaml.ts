import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'

export type Yaml = ReturnType<typeof readYaml>
export type Entry = { name: string; key: Node; value: Node | null }

/** A document with the line of each of its nodes. Its errors are for a rule to report. */
export function readYaml(text: string) {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' })
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line)
  return {
    root: document.contents as Node | null,
    problems: document.errors.map(({ code, message, pos }) => ({
      isDuplicate: code === 'DUPLICATE_KEY',
      // The rest of the message draws the place, which we do in our own way.
      message: String(message.split(/ at line \d+/)[0]),
      line: lineAt(pos[0])
    })),
    lineOf: (node: Node | null | undefined) => lineAt(node?.range?.[0] ?? 0)
  }
}

/** The pairs of a map; none of anything else. */
export function entries(node: unknown): Entry[] {
  if (!isMap(node)) return []
  return node.items.map(({ key, value }) => ({
    name: String(isScalar(key) ? key.value : key),
    key: key as Node,
    value: value as Node | null
  }))
}

/** The items of a list; none of anything else. */
export function items(node: unknown): Node[] {
  return isSeq(node) ? (node.items as Node[]) : []
}

/** The node at the end of a path of keys. */
export function at(node: unknown, ...path: string[]): Node | undefined {
  const [name, ...rest] = path
  if (name === undefined) return (node as Node | null) ?? undefined
  return at(entries(node).findLast(entry => entry.name === name)?.value, ...rest)
}

/** A scalar as it is written, without its quotes; nothing for a map, a list or a function of CloudFormation. */
export function textOf(node: unknown): string | undefined {
  if (!isScalar(node) || isFunction(node) || node.value === null) return undefined
  return node.source ?? String(node.value)
}

export function numberOf(node: unknown): number | undefined {
  const text = textOf(node)
  return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}

/** `!Ref X` and `{Fn::Sub: …}`: known only to CloudFormation. So is, to us, an alias. */
export function isFunction(node: unknown): boolean {
  if (isAlias(node) || /^!\w/.test((node as Node | null)?.tag ?? '')) return true
  const [only, ...others] = entries(node)
  return only !== undefined && others.length === 0 && /^(Fn::|Ref$)/.test(only.name)
}
