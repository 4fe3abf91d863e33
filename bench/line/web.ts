import '../processes/end-with-parent.ts'
import { randomBytes } from 'node:crypto'
import fastify from 'fastify'
import { pino } from 'pino'
import { readConfig } from '../../src/config.ts'
import { migrate } from '../../src/database.ts'
import { add } from '../../src/queue/api-key.ts'
import { openServices } from '../../src/services.ts'
import { buildWeb } from '../../src/web/app.ts'
import { patienceOfPeople } from '../../src/web/overload.ts'
import { noop } from '../noop.ts'

/** The web tier as it is shipped, but for its rate limits, and a route beside it that does nothing but one INSERT. */
const log = pino({ level: 'silent' })
const services = openServices(readConfig(), log, patienceOfPeople)
const { database } = services
await migrate(database)
if (!(await database.schema.hasTable('bare')))
  await database.schema.createTable('bare', table => {
    table.bigIncrements('id')
    table.string('token', 32).notNullable().unique()
    table.text('payload')
    table.bigInteger('waiting_at').notNullable()
  })

const web = await buildWeb({ ...services, kinds: [noop] })
// Each order comes as if from another address: the limit is for one of them.
let visitors = 0
const url = await web.listen({ host: '127.0.0.1', port: 0 })
web.server.prependListener('request', ({ headers }) => {
  visitors += 1
  headers['x-forwarded-for'] =
    `198.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}`
})

const bare = fastify({ loggerInstance: log })
bare.post('/bare', async (request, reply) => {
  const token = randomBytes(16).toString('hex')
  const payload = JSON.stringify(request.body)
  await database('bare').insert({ token, payload, waiting_at: Date.now() })
  return reply.code(202).send({ token })
})
bare.get('/ended', () => services.underway.ended())
const bareUrl = await bare.listen({ host: '127.0.0.1', port: 0 })
const terms = { scopes: 'orders:write', per_minute: 100_000_000, expires_at: null }
const { secret } = await add(database, { name: 'bench', ...terms })
process.send?.({ url, bareUrl, key: secret })
