import { testLegal, testPlants } from '../../test/doctor.ts'

const shared = 'infra/shared.yaml'
const days = /ExpirationInDays: \d+/

testPlants([
  ['a bucket that deletes before the link ends', shared, days, 'ExpirationInDays: 14', 'link-days'],
  ['a bucket that deletes when the link ends', shared, days, 'ExpirationInDays: 30', 'link-days']
])

testLegal([
  ['a longer time', shared, days, 'ExpirationInDays: "90"'],
  ['a shorter time for a part', shared, days, `Prefix: tmp/\n            ExpirationInDays: 7`],
  [
    'a rule that is off',
    shared,
    /Status: Enabled\n +ExpirationInDays: \d+/,
    'Status: Disabled\n            ExpirationInDays: 1'
  ]
])
