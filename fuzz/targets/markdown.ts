import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { textIn } from '../../src/jobs/report/source.ts'
import { reasonOf } from '../../src/report/limit.ts'
import { readMarkdown } from '../../src/report/read.ts'
import { mutate } from '../mutate.ts'
import type { Random } from '../random.ts'
import { refusing, type Target } from '../target.ts'

const examples = [
  readFileSync(join(import.meta.dirname, '../../examples/report.md')),
  Buffer.from(
    '# 見出し\n\n本文[^1]。\n\n[^1]: 注[^2]\n\n[^2]: 注の注\n\n- [ ] a\n- [x] b\n  1. c\n'
  ),
  Buffer.from('| a | b |\n|:-:|--:|\n| *c* | `d` |\n\n> 引用\n>> 内\n\n```js\ncode\n```\n\n---\n'),
  Buffer.from('![alt](data:image/png;base64,AAAA "t") [l](https://a.example) **b** ~~s~~\\\nx\n')
]
const words = [
  '#',
  '> ',
  '- ',
  '1. ',
  '999999999. ',
  '    ',
  '\t',
  '|',
  '|-|',
  '\n',
  '\n\n',
  '```\n',
  '~~~',
  '`',
  '*',
  '**',
  '_',
  '~~',
  '[',
  '](',
  ')',
  '![',
  '[^1]',
  '[^1]: ',
  '[a]: b',
  '<',
  '<b>',
  '&amp;',
  '&#0;',
  '&#x110000;',
  '\\',
  'data:image/png;base64,',
  'javascript:',
  '- [ ] '
]

export function generate(random: Random): Buffer {
  return mutate(random, examples, words)
}

/** A file of Markdown, as far as its blocks. */
export const target: Target = {
  name: 'markdown',
  generate,
  run: input =>
    refusing(
      () => readMarkdown(textIn(input)),
      error => reasonOf(error) !== undefined
    )
}
