import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openFolder } from '../test/line.ts'
import { needs } from '../test/needs.ts'
import { accessesIn, configureNginx, nginxConfig, urlOf } from './nginx.ts'

const root = join(import.meta.dirname, '..')
const ports = { address: '127.0.0.9', nginxPort: 8000, appPort: 8080 }

test('the files of .platform come before the server block, and those for it inside', () => {
  const config = nginxConfig(ports, '/logs')
  const order = ['include conf.d/*.conf;', 'server {', 'include conf.d/elasticbeanstalk/*.conf;']
  const places = order.map(text => config.indexOf(text))
  assert.ok(places.every(place => place > 0))
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b)
  )
  assert.match(config, /listen 127\.0\.0\.9:8000 default_server;/)
  assert.doesNotMatch(config, /proxy_read_timeout|client_max_body_size/)
})

test('nginx takes our files where Beanstalk has them', { skip: needs('nginx') }, async t => {
  const folder = openFolder(t)
  const place = join(folder, 'nginx')
  await configureNginx(place, root, { ports, logs: folder })
  const ours = readFileSync(join(place, 'conf.d/10-app.conf'), 'utf8')
  assert.match(ours, /proxy_read_timeout/)
  const own = readFileSync(join(place, 'conf.d/elasticbeanstalk/00_application.conf'), 'utf8')
  assert.match(own, /proxy_pass http:\/\/127\.0\.0\.9:8080;/)
})

test('the port is left out of a URL where it is the usual one', () => {
  assert.equal(urlOf(ports), 'http://127.0.0.9:8000')
  assert.equal(urlOf({ ...ports, nginxPort: 80 }), 'http://127.0.0.9')
})

test('requests are read from the access log', () => {
  const line = '{"path":"/","status":504,"seconds":60.001,"message":"m","receive":"1"}'
  assert.deepEqual(accessesIn([line, '']), [
    { path: '/', status: 504, seconds: 60.001, message: 'm', receive: '1' }
  ])
})
