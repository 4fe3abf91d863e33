import Type from 'typebox'
import type { State } from '../../../queue/state.ts'
import { stateNames } from '../../../state.ts'
import { answers, lacking, secured } from './answer.ts'
import * as example from './example.ts'

const states = Object.keys(stateNames) as State[]

/** What a list of jobs can be asked for. */
export const JobQuery = Type.Object(
  {
    state: Type.Optional(
      Type.Union(
        states.map(state => Type.Literal(state)),
        { description: 'Only those in this state.' }
      )
    ),
    kind: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: 'Only those of this kind.' })
    ),
    before: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'Only those before this id: `next` of the page before.'
      })
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, description: 'How many; 50 when left out.' })
    )
  },
  { additionalProperties: false }
)
export type JobQuery = { state?: State; kind?: string; before?: number; limit?: number }

const tags = ['Jobs']
const params = Type.Object({ token: Type.String({ description: 'As the order was answered.' }) })
const none = 'There is no job with this token.'

export const listOperation = {
  ...{ operationId: 'listJobs', tags, security: secured('jobs:read') },
  summary: 'List jobs, from the newest on',
  'x-ja': 'ジョブの一覧（新しい順）',
  description:
    'All jobs, whoever ordered them. Their tokens open the pages of people, so the scope is for programs of your own.',
  querystring: JobQuery,
  response: answers(
    200,
    'A page of jobs.',
    'JobList',
    { jobs: [example.finished], next: 12 },
    {
      403: lacking('jobs:read'),
      422: {
        error: {
          message: 'The filter has errors; correct what is listed and ask again.',
          fields: [
            { path: 'state', ja: '選択肢から選んでください。', en: 'Choose one of the options.' }
          ]
        }
      }
    }
  )
}

export const lookOperation = {
  ...{ operationId: 'getJob', tags, params, security: secured('orders:write', 'jobs:read') },
  summary: 'See how a job stands, and its file once it is there',
  'x-ja': 'ジョブの状態とファイルの確認',
  response: answers(200, 'The job.', 'Job', example.finished, {
    403: lacking('jobs:read'),
    404: none
  })
}

export const cancelOperation = {
  ...{ operationId: 'cancelJob', tags, params, security: secured('jobs:act') },
  summary: 'Cancel a job that is not over',
  'x-ja': 'ジョブの取消',
  description:
    'An attempt that is under way is told to stop and records nothing more. Cancelling twice is no error.',
  response: answers(200, 'The job, cancelled.', 'Job', example.cancelled, {
    403: lacking('jobs:act'),
    404: none,
    409: 'The job is finished: only one that waits, runs or is to be retried can be cancelled. Nothing was changed.'
  })
}

export const retryOperation = {
  ...{ operationId: 'retryJob', tags, params, security: secured('jobs:act') },
  summary: 'Send a failed job back to the queue',
  'x-ja': '失敗したジョブの再実行',
  description: 'It has all its attempts and its time before it again.',
  response: answers(200, 'The job, waiting.', 'Job', example.retried, {
    403: lacking('jobs:act'),
    404: none,
    409: 'The job is waiting: only one that has failed can be retried. Nothing was changed.'
  })
}
