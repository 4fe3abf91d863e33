import assert from 'node:assert/strict'

/** A line of CloudWatch's embedded metric format. */
export type Document = { _aws: Metadata; [member: string]: unknown }
type Metadata = { Timestamp: number; CloudWatchMetrics: Directive[] }
type Directive = {
  Namespace: string
  Dimensions: string[][]
  Metrics: { Name: string; Unit: string }[]
}

/** What "Specification: Embedded metric format" of the CloudWatch User Guide asks of a line. */
export function checkDocument(document: Document) {
  const { Timestamp, CloudWatchMetrics } = document._aws
  assert.deepEqual(Object.keys(document._aws).sort(), ['CloudWatchMetrics', 'Timestamp'])
  assert.ok(Math.abs(Date.now() - Timestamp) < 600_000, 'milliseconds since 1970')
  assert.ok(JSON.stringify(document).length < 256 * 1024)
  for (const directive of CloudWatchMetrics) checkDirective(document, directive)
}

function checkDirective(document: Document, { Namespace, Dimensions, Metrics }: Directive) {
  assert.match(Namespace, /^[A-Za-z0-9._#/-]{1,255}$/)
  for (const set of Dimensions) {
    assert.ok(set.length > 0 && set.length <= 30)
    for (const name of set) assert.match(String(document[name]), /^[\x20-\x7e]{1,1024}$/)
  }
  assert.ok(Metrics.length > 0 && Metrics.length <= 100)
  for (const { Name, Unit } of Metrics) {
    assert.ok(['Count', 'Seconds'].includes(Unit), Unit)
    const values = [document[Name]].flat()
    assert.ok(values.length > 0 && values.length <= 100, Name)
    assert.ok(values.every(Number.isFinite), Name)
  }
}
