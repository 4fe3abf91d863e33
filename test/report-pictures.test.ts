import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLine, settled } from './line.ts'
import { greyJpeg, png } from './picture.ts'

const headers = { authorization: 'Bearer local', 'content-type': 'application/json' }
const typed = { title: '焙煎の報告', email: 'hanako@example.jp', language: 'ja' }
const picture = (name: string, bytes: Uint8Array = greyJpeg()) => new File([bytes], name)

async function pdfOf(webUrl: string, token: string) {
  const job = await settled(webUrl, token)
  assert.equal(job.state, 'finished', String(job.error))
  const response = await fetch(String(job.file?.url))
  return { pdf: Buffer.from(await response.arrayBuffer()).toString('latin1'), ...job }
}

test('a program orders a report with pictures, sent before or within the order', async t => {
  const { webUrl } = await openLine(t)
  const sent = await fetch(`${webUrl}/api/uploads?name=${encodeURIComponent('焙煎曲線.jpg')}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'image/jpeg' },
    body: greyJpeg()
  })
  const order = {
    ...typed,
    text: '![焙煎曲線](図/焙煎曲線.jpg)\n\n![豆](bean.png)',
    picture1: await sent.json(),
    picture2: { name: 'Bean.png', base64: png().toString('base64') },
    picture3: { name: 'other.png', base64: png({ type: 3 }).toString('base64') }
  }
  const post = async (body: object) => {
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await fetch(`${webUrl}/api/jobs/report`, init)
    return { status: response.status, text: await response.text() }
  }
  const refused = await post(order)
  assert.equal(refused.status, 422)
  assert.match(refused.text, /"path":"picture3","ja":"画像が壊れています/)
  const { picture3: _, ...right } = order
  const { status, text } = await post(right)
  assert.equal(status, 202, text)
  const { pdf, warnings } = await pdfOf(webUrl, JSON.parse(text).token)
  assert.deepEqual(warnings, [])
  assert.match(pdf, /DCTDecode/)
  assert.equal(pdf.match(/\/Subtype \/Image/g)?.length, 2)
})

/** Sends the form as a browser without JavaScript does. */
async function send(webUrl: string, fields: Record<string, string | File>) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  const init = { method: 'POST', body, redirect: 'manual' as const }
  const response = await fetch(`${webUrl}/new/report`, {
    ...init,
    headers: { 'accept-language': 'ja' }
  })
  return { response, page: await response.text() }
}

const hiddenIn = (page: string) =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(
      ([, name = '', value = '']) => [name, value] as const
    )
  )

function tokenOf(response: Response) {
  assert.equal(response.status, 303)
  return String(response.headers.get('location')).split('/').at(-1) as string
}

test('the form comes back with its pictures, of which each can be taken back', async t => {
  const { webUrl } = await openLine(t)
  const first = await send(webUrl, {
    ...typed,
    text: '',
    picture1: picture('焙煎曲線.jpg'),
    picture4: picture('余り.png', png()),
    picture5: picture('a.svg', Buffer.from('<svg/>'))
  })
  assert.equal(first.response.status, 422)
  assert.match(first.page, /受け取り済み: <span class="file-name">焙煎曲線\.jpg<\/span>/)
  assert.match(first.page, /<a href="#f-picture5">画像5：PNGまたはJPEGの画像ではありません。/)
  const kept = { ...typed, ...hiddenIn(first.page), text: '![曲線](焙煎曲線.jpg)' }
  const whole = await send(webUrl, kept)
  const { pdf, warnings } = await pdfOf(webUrl, tokenOf(whole.response))
  assert.match(pdf, /DCTDecode/)
  assert.match(warnings.join(), /「余り\.png」。/)
  const without = await send(webUrl, { ...kept, 'picture4.drop': 'yes' })
  const second = await pdfOf(webUrl, tokenOf(without.response))
  assert.deepEqual(second.warnings, [])
})

test('a picture that is too large, or has the name of another, is told beside its field', async t => {
  const { webUrl } = await openLine(t)
  const fields = { ...typed, text: '豆', picture1: picture('a.jpg'), picture2: picture('A.JPG') }
  const twins = await send(webUrl, fields)
  assert.equal(twins.response.status, 422)
  assert.match(twins.page, /画像2：「A\.JPG」という名前の画像がもう1つあります。/)
  const large = picture('b.png', Buffer.alloc(2_000_001))
  const heavy = await send(webUrl, { ...fields, picture2: large })
  assert.match(heavy.page, /画像2：ファイルが大きすぎます。2 MB以内/)
})
