import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withTexts } from '../test/doctor.ts'
import { bodyLimit, readNginx, readTimeout } from './nginx.ts'

const http = '.platform/nginx/conf.d/10-app.conf'
const server = '.platform/nginx/conf.d/elasticbeanstalk/20-https.conf'

test('directives are read with their words, lines and blocks', () => {
  const text = `# a; comment {
map $a $b {
  "x y;" 'z'; # c
}
if ($x = "http") { return 308 https://$host\${path}; }
gzip on;`
  assert.deepEqual(readNginx(text), [
    { name: 'map', args: ['$a', '$b'], line: 2, block: [{ name: 'x y;', args: ['z'], line: 3 }] },
    {
      name: 'if',
      args: ['($x', '=', 'http', ')'],
      line: 5,
      block: [{ name: 'return', args: ['308', `https://$host\${path}`], line: 5 }]
    },
    { name: 'gzip', args: ['on'], line: 6 }
  ])
})

test('what is set for the server counts before what is set for http', () => {
  const project = withTexts({
    [http]: 'proxy_read_timeout 1h;\nclient_max_body_size 3M;',
    [server]: '\nproxy_read_timeout 1m30s;'
  })
  assert.deepEqual(readTimeout(project), { value: 90, file: server, line: 2 })
  assert.deepEqual(bodyLimit(project), { value: 3_145_728, file: http, line: 2 })
})
