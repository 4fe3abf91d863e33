import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found, withTexts } from '../../test/doctor.ts'

const right = '#!/bin/bash\necho hello\n'

test('a hook with line ends of Windows is found', async () => {
  const path = '.platform/hooks/predeploy/10_a.sh'
  const project = withTexts({ [path]: '#!/bin/bash\necho hello\r\n' })
  assert.deepEqual(await found(project), [`${path}:2 hook-scripts`])
})

test('a hook without #! is found', async () => {
  const path = '.platform/confighooks/predeploy/10_a.sh'
  assert.deepEqual(await found(withTexts({ [path]: 'echo hello\n' })), [`${path}:1 hook-scripts`])
})

test('a hook in a folder that is none is found', async () => {
  const path = '.platform/hooks/pre-deploy/10_a.sh'
  assert.deepEqual(await found(withTexts({ [path]: right })), [`${path}:1 hook-places`])
})

test('a hook as it should be is no mistake', async () => {
  const project = withTexts({ '.platform/hooks/postdeploy/a.sh': right })
  assert.deepEqual(await found(project), [])
})
