import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLine } from '../../test/line.ts'

const operator = `Basic ${Buffer.from('x:local').toString('base64')}`
const form = 'application/x-www-form-urlencoded'

/** What a browser says of a request, and whether it was made by a page of ours. */
const origins: [Record<string, string>, boolean][] = [
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{ 'sec-fetch-site': 'none' }, true],
  [{ 'sec-fetch-site': 'same-site' }, false],
  [{ 'sec-fetch-site': 'cross-site' }, false],
  [{ 'sec-fetch-site': 'cross-site', origin: 'OURS' }, false],
  [{ 'sec-fetch-site': 'new-word' }, false],
  [{ origin: 'OURS' }, true],
  [{ origin: 'https://evil.example' }, false],
  [{ origin: 'OURS.evil.example' }, false],
  [{ origin: 'OURS@evil.example' }, false],
  [{ origin: 'http://evil.example/OURS' }, false],
  [{ origin: 'null' }, false],
  [{ origin: 'nonsense' }, false],
  [{}, true]
]

test('a form is taken from our own pages only, on the dashboard as well', async t => {
  const { webUrl } = await openLine(t)
  const places: [string, number][] = [
    ['/new/invoice', 422],
    ['/dashboard/jobs/1/retry', 404]
  ]
  for (const [path, answer] of places)
    for (const [said, isOurs] of origins) {
      const headers = new Headers({ authorization: operator, 'content-type': form })
      for (const [name, value] of Object.entries(said))
        headers.set(name, value.replace('OURS', webUrl))
      const init = { method: 'POST', headers, body: 'number=1' }
      const { status } = await fetch(webUrl + path, init)
      assert.equal(status, isOurs ? answer : 403, `${path} ${JSON.stringify(said)}`)
    }
})

test('a form from another site comes back to be looked at, in the language, and orders nothing', async t => {
  const { webUrl, line } = await openLine(t)
  const fields = { number: 'A-7', submission: 'theirs', email: 'hanako@example.jp' }
  const body = new URLSearchParams(fields).toString()
  const parts = new FormData()
  for (const [name, value] of Object.entries(fields)) parts.set(name, value)
  for (const [language, says] of [
    ['en', /This came from another site, so it is not accepted yet/],
    ['ja', /ほかのサイトから送信されたため/]
  ] as const) {
    const headers = { 'sec-fetch-site': 'cross-site', 'accept-language': language }
    const init = { method: 'POST', headers: { ...headers, 'content-type': form }, body }
    for (const sent of [init, { method: 'POST', headers, body: parts }]) {
      const answer = await fetch(`${webUrl}/new/invoice`, sent)
      const page = await answer.text()
      assert.equal(answer.status, 403)
      assert.match(page, says)
      assert.match(page, /name="number"[^>]* value="A-7"/)
      assert.doesNotMatch(page, /theirs/)
    }
    const nowhere = await fetch(`${webUrl}/new/nothing`, init)
    assert.equal(nowhere.status, 403)
    const act = await fetch(`${webUrl}/dashboard/jobs/1/retry`, init)
    assert.equal(act.status, 403)
    assert.match(await act.text(), /<a class="button primary" href="\/dashboard\/">/)
  }
  assert.deepEqual(await line.database('jobs'), [])
})

test('a page of the dashboard may be asked for from anywhere, for it changes nothing', async t => {
  const { webUrl } = await openLine(t)
  const headers = { authorization: operator, 'sec-fetch-site': 'cross-site' }
  assert.equal((await fetch(`${webUrl}/dashboard/`, { headers })).status, 200)
})

test('the choice of a language is remembered for a year, on this site only', async t => {
  const { webUrl } = await openLine(t)
  const cookie = (language: string) =>
    `lang=${language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`
  const chosen = await fetch(`${webUrl}/?lang=en`)
  assert.equal(chosen.headers.get('set-cookie'), cookie('en'))
  const headers = { 'content-type': form }
  const switched = { method: 'POST', headers, body: 'action=lang-ja' }
  const { headers: said } = await fetch(`${webUrl}/new/invoice`, switched)
  assert.equal(said.get('set-cookie'), cookie('ja'))
  for (const lang of ['fr', 'en%0d%0aX:y', 'en;', '', 'en&lang=ja'])
    assert.equal((await fetch(`${webUrl}/?lang=${lang}`)).headers.get('set-cookie'), null, lang)
})

test('the cookie is read among others, and no other one for it', async t => {
  const { webUrl } = await openLine(t)
  const languageFor = async (cookie: string) => {
    const headers = { cookie, 'accept-language': 'ja' }
    const page = await (await fetch(webUrl, { headers })).text()
    return /<html lang="(\w+)">/.exec(page)?.[1]
  }
  for (const cookie of ['lang=en', 'a=b; lang=en', 'a=b;lang=en; c=d'])
    assert.equal(await languageFor(cookie), 'en', cookie)
  for (const cookie of ['xlang=en', 'lang=end', 'lang=fr', 'a=lang=en'])
    assert.equal(await languageFor(cookie), 'ja', cookie)
})
