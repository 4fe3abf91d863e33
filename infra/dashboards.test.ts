import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { counts, gauges, samples } from '../src/metrics/emf-list.ts'
import { registry } from '../src/metrics/meters.ts'

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')

type Place = { x: number; y: number; width: number; height: number }
type Widget = Place & { type: string; properties: { region?: string; metrics?: unknown[][] } }
const cloudwatch: { widgets: Widget[] } = JSON.parse(read('cloudwatch-dashboard.json'))

type Panel = {
  gridPos: { x: number; y: number; w: number; h: number }
  targets: { expr: string }[]
}
const grafana: { panels: Panel[] } = JSON.parse(read('grafana-dashboard.json'))

/** Every metric of CloudWatch's format, as `tier/name`. */
const told = [
  ...counts.web.map(({ name }) => `web/${name}`),
  ...counts.worker.map(({ name }) => `worker/${name}`),
  ...[samples, gauges].flatMap(Object.keys).map(name => `worker/${name}`)
].sort()

const unique = (names: string[]) => [...new Set(names)].sort()

test("CloudWatch's dashboard draws every metric that we tell, and no other of ours", () => {
  const drawn = cloudwatch.widgets
    .flatMap(({ properties }) => properties.metrics ?? [])
    .filter(([namespace]) => namespace === 'Beanline')
    .map(([, name, , tier]) => `${tier}/${name}`)
  assert.deepEqual(unique(drawn), told)
})

test("CloudWatch's dashboard is a body that PutDashboard takes", () => {
  for (const { type, properties, x, width } of cloudwatch.widgets) {
    assert.ok(x >= 0 && width >= 1 && x + width <= 24)
    if (type === 'text') continue
    assert.equal(type, 'metric')
    assert.equal(properties.region, 'ap-northeast-1')
    for (const [namespace, name, ...rest] of properties.metrics ?? []) {
      assert.match(`${namespace} ${name}`, /^[A-Za-z/]+ [A-Za-z]+$/)
      const dimensions = rest.filter(part => typeof part === 'string')
      assert.equal(dimensions.length % 2, 0)
    }
  }
})

test("Grafana's dashboard draws every metric of /metrics, and no other", () => {
  const names = registry.getMetricsAsArray().map(({ name }) => name)
  const drawn = grafana.panels
    .flatMap(({ targets }) => targets.flatMap(({ expr }) => expr.match(/beanline_[a-z_]+/g) ?? []))
    .map(name => name.replace(/_bucket$/, ''))
  assert.deepEqual(unique(drawn), names.toSorted())
})

test('no two pictures of a dashboard lie on each other', () => {
  const places = [
    cloudwatch.widgets,
    grafana.panels.map(({ gridPos: { x, y, w, h } }) => ({ x, y, width: w, height: h }))
  ]
  for (const all of places)
    for (const [index, one] of all.entries())
      for (const other of all.slice(index + 1)) assert.ok(!overlap(one, other))
})

function overlap(one: Place, other: Place) {
  const isBeside = one.x + one.width <= other.x || other.x + other.width <= one.x
  const isAbove = one.y + one.height <= other.y || other.y + other.height <= one.y
  return !isBeside && !isAbove
}

type Dimension = { Name: string; Value: string }
type Resource = { Type: string; Properties: Record<string, unknown> }

test('each alarm on a metric of ours is on one that is told', () => {
  const { Resources, Parameters } = parse(read('shared.yaml'), { logLevel: 'silent' })
  const alarms = (Object.values(Resources) as Resource[])
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .filter(({ Properties }) => Properties['Namespace'] === 'MetricsNamespace')
    .map(({ Properties }) => {
      const [tier] = Properties['Dimensions'] as Dimension[]
      assert.equal(tier?.Name, 'Tier')
      return `${tier?.Value}/${Properties['MetricName']}`
    })
  assert.equal(alarms.length, 4)
  for (const alarm of alarms) assert.ok(told.includes(alarm), alarm)
  const extension = parse(read('../.ebextensions/20-observability.config'))
  const environment = extension.option_settings['aws:elasticbeanstalk:application:environment']
  assert.equal(environment.METRICS_EMF, Parameters.MetricsNamespace.Default)
})

test("the file that CloudWatch's agent reads is the one that is written, in a group that there is", () => {
  const { logs } = JSON.parse(read('../.platform/cloudwatch/beanline-metrics.json'))
  const [{ file_path, log_group_name }] = logs.logs_collected.files.collect_list
  const extension = read('../.ebextensions/20-observability.config')
  assert.ok(extension.includes(`METRICS_EMF_FILE: ${file_path}\n`))
  assert.ok(read('shared.yaml').includes(`LogGroupName: ${log_group_name}\n`))
  const hook = read('../.platform/hooks/postdeploy/10-metrics.sh')
  assert.ok(hook.includes(`/var/log/beanline\n`) && file_path.startsWith('/var/log/beanline/'))
})
