import { randomUUID } from 'node:crypto'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import fastify, { type FastifyInstance } from 'fastify'
import { hangUpIdle } from '../hang-up.ts'
import { escapeHtml } from '../html.ts'
import { type FaultOrder, openFaults } from './faults.ts'
import { type MailStore, openMailStore, type StoredMail } from './mail-store.ts'
import { mailboxPage, mailFrame } from './mailbox-page.ts'
import { eventsAbout } from './ses-events.ts'

type Form = Record<string, string>
type Route = { Params: { id: string } }

/** SES takes messages of up to 10 MB (SES Developer Guide, "Service quotas"). */
const largestRequest = 12 * 1024 * 1024

type Options = {
  /** Keeps the mails, so that they outlive the process. */
  file?: string
  /** Takes each event of a mail that is sent with a configuration set, as SNS would deliver it; SES does not wait. */
  publish?(body: string): Promise<unknown>
}

/**
 * A stand-in for SES v1 (the query protocol of `@aws-sdk/client-ses`) with a mailbox to look into:
 * `GET /` for people, `GET /mails` for programs, and faults on request at `/faults`. The caller listens.
 */
export async function buildMailbox({ file, publish }: Options): Promise<FastifyInstance> {
  const store = openMailStore(file)
  const faults = openFaults()
  const app = fastify({ bodyLimit: largestRequest })
  hangUpIdle(app)
  await app.register(formbody)
  await app.register(helmet, {
    contentSecurityPolicy: false,
    strictTransportSecurity: false,
    // The frame of a mail can't follow it, of which the browser would warn each time.
    originAgentCluster: false
  })

  app.post('/', async (request, reply) => {
    const fault = faults.next()
    const isTaken = !fault || fault === 'timeout-after-accept'
    const form = request.body as Form
    const { status, body, mail } = isTaken ? answer(store, form) : refusal(fault)
    if (mail && publish && form['ConfigurationSetName'])
      for (const event of eventsAbout(mail, tagsIn(form))) await publish(event).catch(() => {})
    // The mail is kept, but the caller never hears of it.
    if (fault && isTaken) return reply.hijack().raw.destroy()
    return reply.code(status).type('text/xml').send(body)
  })

  app.get<{ Querystring: { to?: string } }>('/mails', async ({ query: { to } }) =>
    store.all().filter(mail => !to || mail.to.includes(to))
  )
  app.delete('/mails', async () => {
    store.clear()
    return []
  })
  app.get<Route>('/mails/:id/html', async (request, reply) => {
    const mail = store.find(request.params.id)
    if (!mail) return reply.callNotFound()
    reply.header(
      'content-security-policy',
      "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    )
    return reply.type('text/html; charset=utf-8').send(mailFrame(mail))
  })
  app.get<{ Querystring: { mail?: string } }>('/', async ({ query }, reply) => {
    reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    reply.type('text/html; charset=utf-8')
    return mailboxPage(store.all(), query.mail, faults.pending())
  })

  app.get('/faults', async () => faults.pending())
  app.post<{ Body: FaultOrder | null }>('/faults', async (request, reply) => {
    const error = faults.add(request.body ?? {})
    if (error) return reply.code(400).send({ error })
    return request.headers.accept?.includes('text/html')
      ? reply.redirect('/', 303)
      : faults.pending()
  })
  app.delete('/faults', async () => faults.clear())
  return app
}

type Answer = { status: number; body: string; mail?: StoredMail }

/** Carries out one action of SES. */
function answer(store: MailStore, form: Form): Answer {
  const { Action } = form
  if (Action === 'GetSendQuota') return { status: 200, body: quota }
  if (Action !== 'SendEmail')
    return refusal('InvalidAction', `This stand-in has no ${Action}; send with SendEmail.`)
  const mail = readMail(form)
  const complaint = complain(mail)
  if (complaint) return refusal('InvalidParameterValue', complaint)
  store.add(mail)
  const result = `<SendEmailResult><MessageId>${mail.id}</MessageId></SendEmailResult>`
  const body = xml(`<SendEmailResponse xmlns="${namespace}">${result}</SendEmailResponse>`)
  return { status: 200, body, mail }
}

function tagsIn(form: Form): [name: string, value: string][] {
  const tags: [string, string][] = []
  for (let n = 1; form[`Tags.member.${n}.Name`] !== undefined; n += 1)
    tags.push([form[`Tags.member.${n}.Name`] as string, form[`Tags.member.${n}.Value`] ?? ''])
  return tags
}

function readMail(form: Form): StoredMail {
  return {
    id: randomUUID(),
    from: form['Source'] ?? '',
    to: members(form, 'Destination.ToAddresses'),
    cc: members(form, 'Destination.CcAddresses'),
    bcc: members(form, 'Destination.BccAddresses'),
    replyTo: members(form, 'ReplyToAddresses'),
    subject: form['Message.Subject.Data'] ?? '',
    text: form['Message.Body.Text.Data'] ?? '',
    html: form['Message.Body.Html.Data'] ?? '',
    sentAt: new Date().toISOString()
  }
}

function members(form: Form, name: string): string[] {
  const found: string[] = []
  for (let n = 1; form[`${name}.member.${n}`] !== undefined; n += 1)
    found.push(form[`${name}.member.${n}`] as string)
  return found
}

function complain({ from, to, cc, bcc, replyTo, subject }: StoredMail): string | undefined {
  const recipients = [...to, ...cc, ...bcc]
  const addresses = [from, ...recipients, ...replyTo]
  if (recipients.length === 0) return 'Missing required header: To.'
  if ([...addresses, subject].some(text => /\p{Cc}/u.test(text)))
    return 'Control characters are not allowed in headers.'
  const wrong = addresses.find(address => !/^([^<>]* <)?[^\s<>@,;]+@[^\s<>@,;]+>?$/.test(address))
  return wrong === undefined
    ? undefined
    : `Local address contains control or whitespace, or missing domain: ${wrong}`
}

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/'

const quota = xml(
  `<GetSendQuotaResponse xmlns="${namespace}"><GetSendQuotaResult><Max24HourSend>50000</Max24HourSend><MaxSendRate>14</MaxSendRate><SentLast24Hours>0</SentLast24Hours></GetSendQuotaResult></GetSendQuotaResponse>`
)

function xml(element: string) {
  return `<?xml version="1.0" encoding="UTF-8"?>${element}`
}

const messages: Record<string, string> = {
  Throttling: 'Maximum sending rate exceeded.',
  MessageRejected: 'Email address is not verified.',
  ServiceUnavailable: 'The service is unavailable.'
}

function refusal(name: string, message?: string): Answer {
  const code = name === '503' ? 'ServiceUnavailable' : name
  const text = escapeHtml(message ?? messages[code] ?? code)
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${text}</Message></Error>`
  const id = `<RequestId>${randomUUID()}</RequestId>`
  const body = xml(`<ErrorResponse xmlns="${namespace}">${error}${id}</ErrorResponse>`)
  return { status: code === 'ServiceUnavailable' ? 503 : 400, body }
}
