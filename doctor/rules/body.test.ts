import { testLegal, testPlants } from '../../test/doctor.ts'

const nginx = '.platform/nginx/conf.d/10-app.conf'
const size = 'client_max_body_size 16m;'

testPlants([
  [
    'an nginx that takes less than a message',
    nginx,
    size,
    'client_max_body_size 512k;',
    'body-sizes'
  ]
])

testLegal([
  ['a size in capitals', nginx, size, 'client_max_body_size 16M;'],
  ['the size of a message exactly', nginx, size, 'client_max_body_size 1048576;'],
  ['no limit at all', nginx, size, 'client_max_body_size 0;'],
  ["nginx's own default of 1 MiB", nginx, size, '']
])
