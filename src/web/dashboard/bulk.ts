import type { FastifyPluginAsync } from 'fastify'
import type { Database } from '../../database.ts'
import { doPortion, type Progress } from '../../queue/bulk.ts'
import { type Decision, decisionsIn } from '../../queue/decision.ts'
import { find } from '../../queue/find.ts'
import { counts } from '../../queue/listing.ts'
import type { Line } from '../../queue/perform.ts'
import type { Effort } from '../../queue/search.ts'
import { audit } from '../audit.ts'
import { languageOf } from '../visitor.ts'
import { type Confirmation, confirmPage, progressPage, resultPage } from './bulk-page.ts'
import { type Asked, filterOf, jobsPath, type Query, readAsked, readId } from './jobs-query.ts'

type Ask = { Params: { action: string }; Querystring: Query }
type Fields = Record<string, unknown>

/** How far the jobs of a search are counted before it is confirmed. */
const counting: Effort = { jobs: 100_000, milliseconds: 300 }
const mostFound = 1000

/** What the operator does with all jobs of a list, a portion in each request. */
export function bulkRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    app.get<Ask>('/jobs/bulk/:action', async (request, reply) => {
      const wanted = read(request.params.action, request.query)
      if (!wanted) return reply.callNotFound()
      const confirmation = { ...(await survey(line.database, wanted)), actor: request.actor }
      reply.type('text/html; charset=utf-8')
      return confirmPage(confirmation, languageOf(request))
    })

    // Answered with a page, not with a redirect: its script goes on by itself, which no link may set off.
    app.post<Ask & { Body: Fields | undefined }>('/jobs/bulk/:action', async (request, reply) => {
      const wanted = read(request.params.action, request.query)
      const fields = request.body ?? {}
      if (!wanted || readId(fields['before']) === undefined) return reply.callNotFound()
      const { action, asked } = wanted
      const filter = filterOf(asked, asked.by)
      const before = readProgress(fields)
      const what = { action: `${action}-all`, details: { list: jobsPath(asked) } }
      const progress = await audit(line, request, what, async details => {
        const after = await doPortion(line, action, filter, before)
        Object.assign(details, {
          done: after.done - before.done,
          moved: after.moved - before.moved
        })
        return after
      })
      const count = { count: readCount(fields['count']), isOpen: fields['open'] === '1' }
      const about = { ...wanted, ...count, before: undefined, actor: request.actor }
      const isThrough = progress.before === undefined
      reply.type('text/html; charset=utf-8')
      return (isThrough ? resultPage : progressPage)(about, progress, languageOf(request))
    })
  }
}

type Wanted = { action: Decision; asked: Asked }

/** A state must be chosen, and be one for the action; a search must say how it searches. */
function read(action: string, query: Query): Wanted | undefined {
  const { before: _, after: __, ...asked } = readAsked(query)
  const possible = (asked.state && decisionsIn[asked.state]) ?? []
  const known = possible.find(one => one === action)
  const isClear = asked.q === undefined || asked.by !== undefined
  return known && isClear ? { action: known, asked } : undefined
}

/** How many jobs there are, and which is the newest. */
async function survey(database: Database, wanted: Wanted): Promise<Omit<Confirmation, 'actor'>> {
  const { asked } = wanted
  const filter = filterOf(asked, asked.by)
  const isSearch = asked.q !== undefined
  const wish = { most: isSearch ? mostFound : 1, effort: counting }
  const { jobs, reached } = await find(database, filter, wish)
  const count = isSearch ? jobs.length : (await counts(database, filter))[asked.state as 'failed']
  const newest = jobs[0]?.id ?? reached
  return {
    ...wanted,
    count: count ?? 0,
    isOpen: isSearch && reached !== undefined,
    before: newest && newest + 1
  }
}

function readProgress(fields: Fields): Progress {
  const before = readId(fields['before'])
  const counted = { done: readCount(fields['done']), moved: readCount(fields['moved']) }
  return { ...counted, ...(before !== undefined && { before }) }
}

const readCount = (field: unknown) => readId(field) ?? 0
