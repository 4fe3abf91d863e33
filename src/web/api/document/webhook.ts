import Type from 'typebox'
import { WebhookTerms } from '../../../webhook/terms.ts'
import { answers, lacking, secured } from './answer.ts'
import * as example from './example.ts'

const security = secured('webhooks')
const tags = ['Webhooks']
const params = Type.Object({ id: Type.Integer({ minimum: 1, description: 'Of the endpoint.' }) })
const forbidden = { 403: lacking('webhooks') }
const none = {
  ...forbidden,
  404: 'There is no endpoint with this id: GET /api/webhooks lists them.'
}
const examples = [{ url: example.webhook.url, events: ['job.finished'], kinds: ['invoice'] }]

export const listWebhooksOperation = {
  ...{ operationId: 'listWebhooks', tags, security },
  summary: 'List the endpoints that are told what became of jobs',
  'x-ja': 'Webhookの一覧',
  response: answers(
    200,
    'All of them, without their secrets.',
    'WebhookList',
    { webhooks: [example.webhook] },
    forbidden
  )
}

export const addWebhookOperation = {
  ...{ operationId: 'addWebhook', tags, security },
  summary: 'Have an endpoint told when a job finishes or fails',
  'x-ja': 'Webhookの追加',
  description:
    'Of all jobs that end from now on, whoever ordered them. What is posted to it is signed by the Standard Webhooks specification with the secret in the answer, which is shown this once.',
  body: {
    content: { 'application/json': { schema: { ...WebhookTerms, examples } } }
  },
  response: answers(201, 'The endpoint, with its secret.', 'NewWebhook', example.newWebhook, {
    ...forbidden,
    400: "Body is not valid JSON but content-type is set to 'application/json'",
    409: 'There are 20 endpoints, and no more: remove one first.',
    415: 'Send the order as JSON, with the header "Content-Type: application/json".',
    422: {
      error: {
        message: 'The endpoint has errors; correct the fields listed and send it again.',
        fields: [
          {
            path: 'url',
            ja: 'ポートは443か1024以上にしてください。',
            en: 'Use port 443, or one from 1024 up.'
          }
        ]
      }
    }
  })
}

export const removeWebhookOperation = {
  ...{ operationId: 'removeWebhook', tags, params, security },
  summary: 'Remove an endpoint',
  'x-ja': 'Webhookの削除',
  description: 'What was still to be sent to it is given up.',
  response: answers(200, 'The endpoint that is no more.', 'Webhook', example.webhook, none)
}

export const rotateWebhookOperation = {
  ...{ operationId: 'rotateWebhook', tags, params, security },
  summary: 'Give an endpoint another secret',
  'x-ja': 'Webhookの署名鍵の更新',
  description: 'For 24 hours everything is signed with both, so that the receiver can change over.',
  response: answers(200, 'The endpoint, with its new secret.', 'NewWebhook', example.newWebhook, {
    ...none,
    409: 'Somebody else has just changed this secret: rotate it again to see a new one.'
  })
}

export const testWebhookOperation = {
  ...{ operationId: 'testWebhook', tags, params, security },
  summary: 'Send an endpoint an event of the type webhook.test',
  'x-ja': 'Webhookの試験送信',
  description: 'It is delivered as all others; GET /api/jobs/{token} says whether it has arrived.',
  response: answers(202, 'It will be delivered.', 'Delivery', example.delivery, none)
}
