// Made by "npm run client" from /api/openapi.json: change the schemas of the API, not this file.

export type Job = {
  id: number
  token: string
  kind: string
  state: 'waiting' | 'running' | 'retrying' | 'finished' | 'failed' | 'discarded' | 'cancelled'
  progress: number
  attempts: number
  error: string | null
  warnings: Array<string>
  file: {
    name: string
    bytes: number
    sha256: string | null
    url: string | null
  } | null
  files?: Array<{
    name: string
    bytes: number
    sha256: string | null
    url: string | null
  }>
  url: string
  sqsMessageId: string | null
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
}

export type Ordered = {
  id: number
  token: string
  state: 'waiting' | 'running' | 'retrying' | 'finished' | 'failed' | 'discarded' | 'cancelled'
  url: string
}

export type JobList = {
  jobs: Array<Job>
  next: number | null
}

export type Upload = {
  key: string
  name: string
  bytes: number
}

export type InlineFile = {
  name: string
  text?: string
  base64?: string
}

export type KindList = {
  kinds: Array<{
    name: string
    title: {
      ja: string
      en: string
    }
    summary: {
      ja: string
      en: string
    }
    schema: Record<string, unknown>
  }>
}

export type Webhook = {
  id: number
  url: string
  events: Array<'job.finished' | 'job.failed'>
  kinds: Array<string> | null
  createdAt: string
  createdBy: string
  pausedAt: string | null
  pausedFor: string | null
}

export type NewWebhook = {
  id: number
  url: string
  events: Array<'job.finished' | 'job.failed'>
  kinds: Array<string> | null
  createdAt: string
  createdBy: string
  pausedAt: string | null
  pausedFor: string | null
  secret: string
}

export type WebhookList = {
  webhooks: Array<Webhook>
}

export type Delivery = {
  id: number
  token: string
  state: 'waiting' | 'running' | 'retrying' | 'finished' | 'failed' | 'discarded' | 'cancelled'
  webhookId: string
}

export type Failure = {
  error: {
    message: string
    fields?: Array<{
      path: string
      ja: string
      en: string
    }>
  }
}

export type Operations = {
  /** Order: Invoice. */
  orderInvoice: {
    headers?: {
      'Idempotency-Key'?: string
    }
    body: {
      email: string
      language?: 'ja' | 'en'
      number: string
      issuedOn: string
      transactionOn: string
      dueOn?: string
      issuer: {
        name: string
        postalCode?: string
        address: string
        registrationNumber: string
        phone?: string
      }
      recipient: {
        name: string
        honorific: '御中' | '様'
        postalCode?: string
        address?: string
      }
      lines: Array<{
        description: string
        quantity: number
        unit?: string
        unitPrice: number
        taxRate: 10 | 8 | 0
      }>
      rounding?: 'floor' | 'round' | 'ceil'
      bank?: string
      paymentUrl?: string
      note?: string
      logo?: Upload | InlineFile
      seal?: Upload | InlineFile
    }
    answer: Ordered
  }
  /** Order: Report. */
  orderReport: {
    headers?: {
      'Idempotency-Key'?: string
    }
    body: {
      email: string
      language?: 'ja' | 'en'
      title: string
      subtitle?: string
      organisation?: string
      author?: string
      date?: string
      text?: string
      file?: Upload | InlineFile
      picture1?: Upload | InlineFile
      picture2?: Upload | InlineFile
      picture3?: Upload | InlineFile
      picture4?: Upload | InlineFile
      picture5?: Upload | InlineFile
    }
    answer: Ordered
  }
  /** Order: Invoices from a CSV file. */
  orderMailMerge: {
    headers?: {
      'Idempotency-Key'?: string
    }
    body: {
      email: string
      language?: 'ja' | 'en'
      file: Upload | InlineFile
      columns: {
        number?: string
        recipientName: string
        honorific?: string
        postalCode?: string
        address?: string
        description: string
        quantity?: string
        unit?: string
        unitPrice: string
        taxRate?: string
        transactionOn?: string
        dueOn?: string
        note?: string
      }
      numberPrefix?: string
      issuedOn: string
      transactionOn?: string
      dueOn?: string
      honorific: '御中' | '様'
      taxRate: 10 | 8 | 0
      issuer: {
        name: string
        postalCode?: string
        address: string
        registrationNumber: string
        phone?: string
      }
      rounding?: 'floor' | 'round' | 'ceil'
      bank?: string
      paymentUrl?: string
      note?: string
      logo?: Upload | InlineFile
      seal?: Upload | InlineFile
      onErrors?: 'stop' | 'skip'
      output?: 'pdf' | 'both'
    }
    answer: Ordered
  }
  /** Send a file for an order that needs one. */
  uploadFile: {
    query?: {
      name?: string
    }
    body: Uint8Array
    answer: Upload
  }
  /** List jobs, from the newest on. */
  listJobs: {
    query?: {
      state?: 'waiting' | 'running' | 'retrying' | 'finished' | 'failed' | 'discarded' | 'cancelled'
      kind?: string
      before?: number
      limit?: number
    }
    answer: JobList
  }
  /** See how a job stands, and its file once it is there. */
  getJob: {
    params: {
      token: string
    }
    answer: Job
  }
  /** Cancel a job that is not over. */
  cancelJob: {
    params: {
      token: string
    }
    answer: Job
  }
  /** Send a failed job back to the queue. */
  retryJob: {
    params: {
      token: string
    }
    answer: Job
  }
  /** List the kinds of job, with the fields of each. */
  listKinds: {
    answer: KindList
  }
  /** List the endpoints that are told what became of jobs. */
  listWebhooks: {
    answer: WebhookList
  }
  /** Have an endpoint told when a job finishes or fails. */
  addWebhook: {
    body: {
      url: string
      events?: Array<'job.finished' | 'job.failed'>
      kinds?: Array<string>
    }
    answer: NewWebhook
  }
  /** Remove an endpoint. */
  removeWebhook: {
    params: {
      id: number
    }
    answer: Webhook
  }
  /** Give an endpoint another secret. */
  rotateWebhook: {
    params: {
      id: number
    }
    answer: NewWebhook
  }
  /** Send an endpoint an event of the type webhook.test. */
  testWebhook: {
    params: {
      id: number
    }
    answer: Delivery
  }
}

export const routes: Record<keyof Operations, { method: string; path: string }> = {
  orderInvoice: { method: 'POST', path: '/api/jobs/invoice' },
  orderReport: { method: 'POST', path: '/api/jobs/report' },
  orderMailMerge: { method: 'POST', path: '/api/jobs/mail-merge' },
  uploadFile: { method: 'POST', path: '/api/uploads' },
  listJobs: { method: 'GET', path: '/api/jobs' },
  getJob: { method: 'GET', path: '/api/jobs/{token}' },
  cancelJob: { method: 'POST', path: '/api/jobs/{token}/cancel' },
  retryJob: { method: 'POST', path: '/api/jobs/{token}/retry' },
  listKinds: { method: 'GET', path: '/api/kinds' },
  listWebhooks: { method: 'GET', path: '/api/webhooks' },
  addWebhook: { method: 'POST', path: '/api/webhooks' },
  removeWebhook: { method: 'DELETE', path: '/api/webhooks/{id}' },
  rotateWebhook: { method: 'POST', path: '/api/webhooks/{id}/rotate' },
  testWebhook: { method: 'POST', path: '/api/webhooks/{id}/test' }
}
