import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, testLegal, testPlants, where } from '../../test/doctor.ts'

const web = 'infra/eb/web.cfg.yml'
const redirect = where('.platform/nginx/conf.d/elasticbeanstalk/20-https.conf', 'https://')

testPlants([['an idle time as long as that of nginx', web, "'55'", "'60'", 'balancer-idle']])

test('an idle time that is left out is 60 s, and is found', async () => {
  const places = await found(change(web, "    IdleTimeout: '55'\n", '').project)
  assert.deepEqual(
    places.map(place => place.split(' ')[1]),
    ['balancer-idle']
  )
})

test('a listener for HTTPS that is not is found, and that people are sent there', async () => {
  const { project, place } = change(web, 'Protocol: HTTPS', 'Protocol: HTTP')
  assert.deepEqual(await found(project), [`${redirect} https-listener`, `${place} certificate`])
})

test('a listener that is closed is found where people are sent there', async () => {
  const open = "aws:elbv2:listener:443:\n    ListenerEnabled: 'true'"
  const { project } = change(web, open, open.replace('true', 'false'))
  assert.deepEqual(await found(project), [`${redirect} https-listener`])
})

test('HTTPS without a certificate is found', async () => {
  const { project } = change(web, '    SSLCertificateArns: REPLACE_CertificateArn\n', '')
  assert.deepEqual(await found(project), [`${where(web, 'Protocol: HTTPS')} certificate`])
})

testLegal([['another port for HTTPS', web, 'aws:elbv2:listener:443', 'aws:elbv2:listener:8443']])
