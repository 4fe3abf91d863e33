import type { Setting } from '../../infra/option-settings.ts'
import { type Environment, environmentsOf, placeFor, setting } from '../environment.ts'
import type { Finding, Rule } from '../finding.ts'
import { serverFiles } from '../nginx.ts'
import { lineOf, type Project, pathsLike } from '../project.ts'

export const certificate: Rule = {
  name: 'certificate',
  checks: 'an HTTPS listener has a certificate',
  find: project =>
    environmentsOf(project, 'web').flatMap(({ options }) =>
      Object.entries(options)
        .filter(([namespace]) => /^aws:elbv2:listener:/.test(namespace))
        .flatMap(([namespace, listener]) => uncertified(namespace, listener))
    )
}

function uncertified(namespace: string, listener: Record<string, Setting>): Finding[] {
  const { Protocol: protocol, SSLCertificateArns: arns, ListenerEnabled: enabled } = listener
  const isHttps = /^(https|tls)$/i.test(protocol?.value ?? '')
  const isOpen = enabled?.value.toLowerCase() !== 'false'
  const isWrong = isHttps ? !arns?.value : namespace.endsWith(':443')
  const place = protocol ?? enabled
  if (!place || !isOpen || !isWrong) return []
  return [
    {
      file: place.file,
      line: place.line,
      problem: `${namespace} is ${isHttps ? 'HTTPS and has no certificate' : 'open and not HTTPS'}.`,
      onAws: isHttps ? 'the load balancer is not made.' : 'browsers get an error, not the page.',
      fix: 'set Protocol: HTTPS, and SSLCertificateArns to the ARN of a certificate of ACM.'
    }
  ]
}

export const httpsListener: Rule = {
  name: 'https-listener',
  checks: 'where nginx sends people to HTTPS, the load balancer listens for it',
  find: project => environmentsOf(project, 'web').flatMap(web => redirected(project, web))
}

const redirect = /\breturn 30[1278] https:/

function redirected(project: Project, { options, file }: Environment): Finding[] {
  const sender = pathsLike(project, serverFiles).find(path =>
    redirect.test(project.texts.get(path) ?? '')
  )
  const isHttps = (listener: Record<string, Setting>) =>
    /^https$/i.test(listener['Protocol']?.value ?? '') &&
    listener['ListenerEnabled']?.value.toLowerCase() !== 'false'
  const listeners = Object.entries(options).filter(([name]) => /^aws:elbv2:listener:/.test(name))
  if (!sender || listeners.some(([name, set]) => !name.endsWith(':80') && isHttps(set))) return []
  return [
    {
      file: sender,
      line: lineOf(project, sender, redirect),
      problem: `Everybody is sent to HTTPS, and ${file} has no open listener for it.`,
      onAws: 'browsers are sent to a port that nobody listens at.',
      fix: 'add aws:elbv2:listener:443 with Protocol: HTTPS and a certificate.'
    }
  ]
}

/** Of the server block that Beanstalk writes. */
const keepAliveSeconds = 60
const balancer = 'aws:elbv2:loadbalancer'

export const balancerIdle: Rule = {
  name: 'balancer-idle',
  checks: 'the load balancer closes an idle connection before nginx does',
  find: project =>
    environmentsOf(project, 'web').flatMap(web => {
      const set = setting(web, balancer, 'IdleTimeout')
      const idleSeconds = Number(set?.value ?? 60)
      if (idleSeconds < keepAliveSeconds) return []
      const { file, line } = set ?? placeFor(web, balancer)
      return [
        {
          file,
          line,
          problem: `IdleTimeout is ${idleSeconds} s, and nginx closes an idle connection after ${keepAliveSeconds} s.`,
          onAws: 'now and then a request goes to a connection that nginx is closing: 502.',
          fix: `set IdleTimeout in ${balancer} to less, as 55.`
        }
      ]
    })
}
