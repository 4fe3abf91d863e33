import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeBusy } from '../../../test/busy.ts'
import { openDashboard } from '../../../test/dashboard.ts'
import { dashboardPages } from '../../../test/dashboard-pages.ts'
import { mostBytes, weightOf } from '../../../test/weight.ts'

test('no page of the dashboard weighs more than 50 KB', async t => {
  const { app, line, session } = await openDashboard(t)
  const cookie = await session('act')
  for (const [name, path] of Object.entries(dashboardPages(await makeBusy(line)))) {
    const { status, bytes } = await weightOf(app, path, cookie)
    assert.equal(status, 200, name)
    assert.ok(bytes < mostBytes, `${name} weighs ${bytes} bytes`)
  }
})
