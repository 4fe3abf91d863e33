import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, testLegal, testPlants, withTexts } from '../../test/doctor.ts'
import { needs } from '../../test/needs.ts'

const http = '.platform/nginx/conf.d/10-app.conf'
const server = '.platform/nginx/conf.d/elasticbeanstalk/20-https.conf'

testPlants([
  [
    'a directive that Beanstalk has in the same block',
    server,
    'add_header',
    'keepalive_timeout 75;\nadd_header',
    'nginx-duplicates'
  ],
  [
    'another location for everything',
    server,
    'add_header',
    'location / {\n  return 404;\n}\nadd_header',
    'nginx-duplicates'
  ],
  [
    'a directive that stands twice',
    http,
    'underscores_in_headers on;',
    'proxy_read_timeout 700s;\nunderscores_in_headers on;',
    'nginx-duplicates'
  ],
  [
    'a directive that has no effect',
    http,
    'underscores_in_headers on;',
    'keepalive_timeout 75;\nunderscores_in_headers on;',
    'nginx-overridden'
  ]
])

for (const path of [
  '.ebextensions/nginx/conf.d/a.conf',
  '.platform/nginx/a.conf',
  '.platform/nginx/conf.d/a.txt'
])
  test(`${path}, which nginx never reads, is found`, async () => {
    const places = await found(withTexts({ [path]: '# nothing\n' }))
    assert.deepEqual(places, [`${path}:1 nginx-places`])
  })

test('what nginx itself does not take is found at its line', { skip: needs('nginx') }, async () => {
  const { project, place } = change(http, 'underscores_in_headers on;', 'underscore_in_headers on;')
  assert.deepEqual(await found(project), [`${place} nginx-test`])
})

test('what belongs into server {} and stands in http {} is found', {
  skip: needs('nginx')
}, async () => {
  const { project, place } = change(
    http,
    'underscores_in_headers on;',
    'location /x { return 200; }'
  )
  assert.deepEqual(await found(project), [`${place} nginx-test`])
})

testLegal([
  [
    'another location',
    server,
    'add_header',
    'location /assets/ { gzip on; proxy_pass http://127.0.0.1:8080; }\nadd_header'
  ],
  ['a second header', server, 'add_header', 'add_header X-A "b; c {d}" always;\nadd_header'],
  [
    'the same directive for the server',
    server,
    'add_header',
    'proxy_read_timeout 661s;\nadd_header'
  ],
  [
    'a comment about a directive',
    http,
    'underscores_in_headers on;',
    '# keepalive_timeout 75;\nunderscores_in_headers on;'
  ]
])
