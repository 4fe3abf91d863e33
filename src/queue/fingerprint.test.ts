import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fingerprintOf, strange } from './fingerprint.ts'

/** Errors of one cause each, as two jobs would have them, and what they have in common. */
const pairs: [string, string, string][] = [
  [
    'Error: line 3 of 12 is too long',
    'Error: line 14 of 200 is too long',
    'Error: line # of # is too long'
  ],
  [
    'SES: hanako@example.jp is not verified',
    'SES: taro.y+x@shop.example is not verified',
    'SES: <address> is not verified'
  ],
  ['No file "a b.png"', 'No file "図.png"', 'No file "…"'],
  ["no such column 'x'", "no such column 'y.z'", "no such column '…'"],
  ['「豆」は使えません', '「珈琲 豆」は使えません', '「…」は使えません'],
  [
    'GET https://a.example/x?y=1 failed',
    'GET s3://bucket/invoice/9.pdf failed',
    'GET <url> failed'
  ],
  [
    'connect ECONNREFUSED 10.0.3.7:3306',
    'connect ECONNREFUSED 10.0.14.201:3306',
    'connect ECONNREFUSED #'
  ],
  [
    'request 1f0c1a52-7d5e-4a31-9d7e-0a6a3c1f2b90 was refused',
    'request 9e107d9d-372b-4826-81d6-3542a419d600 was refused',
    'request # was refused'
  ],
  [
    'token 9e107d9d372bb682 is unknown',
    'token 00ff00ff00ff00ff00 is unknown',
    'token # is unknown'
  ],
  ['took 1.5 s', 'took 1,200 s', 'took # s']
]

for (const [one, other, sentence] of pairs)
  test(`what differs is left out: ${sentence}`, () => {
    const first = fingerprintOf('invoice', one)
    assert.equal(first.sentence, sentence)
    assert.deepEqual(fingerprintOf('invoice', other), first)
  })

test('words, apostrophes and short codes stay', () => {
  const { sentence } = fingerprintOf('report', "The printer can't print: it isn't there (deadbeef)")
  assert.equal(sentence, "The printer can't print: it isn't there (deadbeef)")
})

test('the stack makes no difference, the kind and the words do', () => {
  const known = fingerprintOf('invoice', 'no ink\n    at print (a.ts:1:2)')
  assert.deepEqual(fingerprintOf('invoice', 'no  ink\n    at print (a.ts:9:8)'), known)
  assert.deepEqual(fingerprintOf('invoice', 'no ink\n    at paint (b.ts:9:8)'), known)
  assert.notEqual(fingerprintOf('report', 'no ink').fingerprint, known.fingerprint)
  assert.notEqual(fingerprintOf('invoice', 'no paper').fingerprint, known.fingerprint)
  assert.notEqual(fingerprintOf('', null).fingerprint, fingerprintOf('', 'x').fingerprint)
  assert.equal(fingerprintOf('', null).fingerprint, strange.fingerprint)
})

test('an error of any length and kind is read at once', () => {
  for (const part of ['"', "'", 'a@', '1.', 'http://', '「', 'x@a.', 'f0'])
    assert.ok(fingerprintOf('invoice', part.repeat(100_000)).sentence.length <= 200)
  const { sentence } = fingerprintOf('invoice', `${'あ'.repeat(199)}𠮷`)
  assert.ok(sentence.isWellFormed())
})
