import { testLegal, testPlants } from '../../test/doctor.ts'

const shared = 'infra/shared.yaml'

testPlants([
  [
    'a Ref to nothing',
    shared,
    'Endpoint: !Ref AlarmMail',
    'Endpoint: !Ref AlarmMails',
    'cloudformation-references'
  ],
  [
    'a GetAtt of nothing',
    shared,
    'QueueName: { Value: !GetAtt Queue.QueueName }',
    'QueueName: { Value: !GetAtt Queues.QueueName }',
    'cloudformation-references'
  ],
  ['a Sub of nothing', shared, '{Files.Arn}/*"]', '{File.Arn}/*"]', 'cloudformation-references'],
  [
    'a Ref in its long form',
    shared,
    'Endpoint: !Ref AlarmMail',
    'Endpoint: {Ref: AlarmMails}',
    'cloudformation-references'
  ],
  [
    'a GetAtt in its long form',
    shared,
    'QueueName: { Value: !GetAtt Queue.QueueName }',
    'QueueName: { Value: { Fn::GetAtt: [Queues, Arn] } }',
    'cloudformation-references'
  ],
  [
    'a DependsOn of nothing',
    shared,
    '    Type: AWS::SNS::Topic',
    '    DependsOn: [Queue, Quue]\n    Type: AWS::SNS::Topic',
    'cloudformation-references'
  ],
  [
    'a condition that is not there',
    shared,
    '    Type: AWS::SNS::Topic',
    '    Condition: IsLarge\n    Type: AWS::SNS::Topic',
    'cloudformation-references'
  ],
  [
    'an attribute that is none',
    shared,
    'DatabaseHost: { Value: !GetAtt Database.Endpoint.Address }',
    'DatabaseHost: { Value: !GetAtt Database.Endpoint.Host }',
    'cloudformation-attributes'
  ],
  [
    'an attribute that is none in a Sub',
    shared,
    '{Files.Arn}/*"]',
    '{Files.ARN}/*"]',
    'cloudformation-attributes'
  ],
  [
    'a Ref to nothing in the bundle',
    '.ebextensions/10-common.config',
    '        - Granularity: 1Minute',
    '        - Granularity: {Ref: Grain}',
    'cloudformation-references'
  ]
])

testLegal([
  ['a pseudo parameter', shared, 'Endpoint: !Ref AlarmMail', 'Endpoint: !Ref AWS::AccountId'],
  [
    'a GetAtt as a list',
    shared,
    'QueueName: { Value: !GetAtt Queue.QueueName }',
    'QueueName: { Value: !GetAtt [Queue, QueueName] }'
  ],
  [
    'a Sub with names of its own',
    shared,
    'Endpoint: !Ref AlarmMail',
    `Endpoint: !Sub ["\${Own}-\${!Literal}-\${AWS::Region}", {Own: !Ref AlarmMail}]`
  ],
  [
    'a group that every environment has',
    '.ebextensions/10-common.config',
    '        - Granularity: 1Minute',
    '        - Granularity: {Ref: AWSEBEnvironmentName}'
  ]
])
