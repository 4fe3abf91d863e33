import { testPlants } from '../../test/doctor.ts'

const shared = 'infra/shared.yaml'
const web = 'infra/eb/web.cfg.yml'

testPlants([
  [
    'a database in the internet',
    shared,
    'PubliclyAccessible: false',
    'PubliclyAccessible: true',
    'exposure'
  ],
  [
    'a database that is not encrypted',
    shared,
    'StorageEncrypted: true',
    'StorageEncrypted: false',
    'exposure'
  ],
  [
    'a database that lets anybody in without TLS',
    shared,
    'require_secure_transport: "1"',
    'require_secure_transport: "0"',
    'exposure'
  ],
  [
    'a bucket that may become public',
    shared,
    'BlockPublicPolicy: true',
    'BlockPublicPolicy: false',
    'exposure'
  ],
  ['an instance with IMDSv1', web, "DisableIMDSv1: 'true'", "DisableIMDSv1: 'false'", 'exposure']
])
