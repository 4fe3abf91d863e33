import { Compile } from 'typebox/compile'
import type { Problem } from '../queue/kind.ts'
import { problemsOf } from '../queue/problem.ts'
import { tidy } from '../queue/tidy.ts'
import { checkInvoice } from './rules.ts'
import { Invoice } from './schema.ts'

/** Ten times as fast, but it can't say what is wrong. */
const compiled = Compile(Invoice)

/** An invoice from what people have written, with the same rules as an order of one. */
export function readInvoice(input: unknown): { invoice: Invoice } | { problems: Problem[] } {
  const invoice = tidy(Invoice, input) as Invoice
  const problems = compiled.Check(invoice) ? [] : problemsOf(Invoice, invoice)
  if (problems.length === 0) problems.push(...checkInvoice(invoice))
  return problems.length > 0 ? { problems } : { invoice }
}
