import { readDatabaseConfig } from '../src/config.ts'
import { openDatabase } from '../src/database.ts'
import { openEngine } from '../test/engine.ts'
import { startMariadb } from '../test/mariadb.ts'
import { complaintAbout, fill, plansOf } from '../test/plans.ts'
import { queriesOf } from '../test/queries.ts'

/** `npm run bench -- explain`: how MariaDB goes about each statement of the line when there are a million jobs. */
const count = Number(process.env['JOBS'] ?? 1_000_000)
const mail = { to: 'hanako@example.jp', subject: 'できました', text: 'text', html: '<p>html</p>' }

const mariadb = await startMariadb()
const ends: (() => unknown)[] = [() => mariadb.stop()]
const engine = await openEngine(
  { after: end => ends.unshift(end as () => unknown) },
  mariadb.url,
  async (_payload, tools) => {
    await tools.mail.send(mail)
    throw new Error('The printer is on fire.')
  }
)
const patient = openDatabase(readDatabaseConfig({ DATABASE_URL: mariadb.url }), {
  silenceSeconds: 0
})
await fill(patient, count)
await patient.destroy()
console.log(
  `${count.toLocaleString('en')} jobs on MariaDB; rows that were read (ANALYZE), of changes those expected (EXPLAIN)`
)
let worst = 0
for (const [name, work] of Object.entries(queriesOf(engine))) {
  const beganAt = performance.now()
  const plans = await plansOf(engine.database, work)
  const milliseconds = performance.now() - beganAt
  console.log(`\n${name} (${milliseconds.toFixed(0)} ms in all)`)
  for (const plan of plans) {
    const { sql, table, access, key, rows } = plan
    const complaint = complaintAbout(plan)
    const mark = complaint ? '!' : ' '
    console.log(
      `${mark} ${access.padEnd(8)} ${String(key).padEnd(32)} ${String(rows).padStart(8)}  ${table}`
    )
    console.log(`    ${sql.slice(0, 150)}`)
    worst += Number(complaint !== undefined)
  }
}
for (const end of ends) await end()
console.log(worst === 0 ? '\nAll go by an index.' : `\n${worst} are to be mended.`)
process.exitCode = worst === 0 ? 0 : 1
