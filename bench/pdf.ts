import { availableParallelism, cpus, loadavg } from 'node:os'
import { type Row, tableOf } from './pdf/goal.ts'
import { merge } from './pdf/merge.ts'
import { onePage } from './pdf/one-page.ts'
import { installPeers } from './pdf/peers.ts'
import { report } from './pdf/report.ts'

/** Each prints its figures, and gives rows of the table. */
const measures: (() => Promise<Row[]>)[] = [onePage, merge, report]

installPeers()
const [load = 0] = loadavg()
const rows: Row[] = []
for (const measure of measures) rows.push(...(await measure()))
const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'processor'}, Node ${process.version}`
process.stdout.write(`\n${machine}, load ${load.toFixed(1)} at the beginning\n\n${tableOf(rows)}\n`)
if (rows.some(({ verdict }) => verdict === 'MISSED')) process.exitCode = 1
