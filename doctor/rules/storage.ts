import { environmentsOf, property } from '../environment.ts'
import type { Finding, Rule } from '../finding.ts'
import { numberIn, resourcesOf } from '../template.ts'
import { at, items, textOf } from '../yaml.ts'

export const linkDays: Rule = {
  name: 'link-days',
  checks: 'the bucket keeps a file for longer than its link is open (LINK_DAYS)',
  find: project => {
    const days = Math.max(
      ...environmentsOf(project, 'web').map(web => Number(property(web, 'LINK_DAYS')))
    )
    return resourcesOf(project, 'AWS::S3::Bucket').flatMap(({ template, properties }) =>
      items(at(properties, 'LifecycleConfiguration', 'Rules')).flatMap(rule => {
        const node = at(rule, 'ExpirationInDays')
        const kept = node && numberIn(template, node)
        const isPart = at(rule, 'Prefix') ?? at(rule, 'TagFilters')
        const isOff = textOf(at(rule, 'Status')) !== 'Enabled'
        if (!node || kept === undefined || isPart || isOff || kept > days) return []
        const { file } = template
        return [tooShort(file, template.lineOf(node), kept, days)]
      })
    )
  }
}

function tooShort(file: string, line: number, kept: number, days: number): Finding {
  return {
    file,
    line,
    problem: `The bucket deletes a file after ${kept} days, and LINK_DAYS is ${days}.`,
    onAws: 'the page offers a file that is gone, and people get an error of S3.',
    fix: `set ExpirationInDays to ${days + 1} or more.`
  }
}
