const token = '0e161f6edd9d9f9a0bf9717532e23fe8'
const url = `https://jobs.example.jp/jobs/${token}`

export const ordered = { id: 12, token, state: 'waiting', url }

export const upload = { key: `uploads/${token}`, name: 'orders.csv', bytes: 20 }

/** A job that is done. */
export const finished = {
  ...{ id: 12, token, kind: 'invoice', state: 'finished', progress: 100, attempts: 1 },
  error: null,
  warnings: [],
  file: {
    name: '請求書_2026-1123.pdf',
    bytes: 48211,
    sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    url: `${url}/file`
  },
  url,
  sqsMessageId: '4c8e2d0a-5f0e-4b68-9d3e-0d0f6a3f6f11',
  createdAt: '2026-11-23T05:00:00.000Z',
  startedAt: '2026-11-23T05:00:00.120Z',
  finishedAt: '2026-11-23T05:00:01.480Z'
}

const nothing = { file: null, finishedAt: null, progress: 0 }

export const failed = {
  ...{ ...finished, ...nothing, state: 'failed', attempts: 5, error: 'Error: no ink' },
  finishedAt: '2026-11-23T05:09:01.480Z'
}

/** A job that was sent back. */
export const retried = { ...finished, ...nothing, state: 'waiting', attempts: 0 }

export const cancelled = { ...failed, state: 'cancelled', attempts: 1, error: null }

export const webhook = {
  ...{
    id: 3,
    url: 'https://erp.example.jp/beanline',
    events: ['job.finished'],
    kinds: ['invoice']
  },
  ...{ createdAt: '2026-11-23T05:00:00.000Z', createdBy: 'API: ERP' },
  ...{ pausedAt: null, pausedFor: null }
}

export const newWebhook = {
  ...webhook,
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo='
}

export const delivery = { id: 13, token, state: 'waiting', webhookId: `msg_${token}` }

export const wrongField = {
  error: {
    message: 'The order has errors; correct the fields listed and send it again.',
    fields: [{ path: 'email', ja: '入力してください。', en: 'Fill this in.' }]
  }
}
