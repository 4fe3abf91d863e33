import { options as sqsd } from '../../src/sqsd/option.ts'
import { anything, choice, type Kind, pattern, toggle, whole } from './value.ts'

const retentionDays = choice(
  ...['1', '3', '5', '7', '14', '30', '60', '90', '120', '150', '180', '365'],
  ...['400', '545', '731', '1827', '3653']
)

/** Our daemon has the ranges of Amazon's. */
const sqsdOptions = Object.values(sqsd).flatMap(({ beanstalk, means, read }): [string, Kind][] =>
  beanstalk ? [[beanstalk, { means, fits: value => read(value) !== undefined }]] : []
)

/** The options about the environment itself, by namespace. */
export const beanstalkOptions: Record<string, Record<string, Kind>> = {
  'aws:elasticbeanstalk:application': {
    'Application Healthcheck URL': pattern(
      /^((HTTP|HTTPS|TCP|SSL):)?\d*(\/.*)?$/,
      'a path as /healthz, or HTTPS:443/healthz'
    )
  },
  'aws:elasticbeanstalk:cloudwatch:logs': {
    DeleteOnTerminate: toggle,
    RetentionInDays: retentionDays,
    StreamLogs: toggle
  },
  'aws:elasticbeanstalk:cloudwatch:logs:health': {
    DeleteOnTerminate: toggle,
    HealthStreamingEnabled: toggle,
    RetentionInDays: retentionDays
  },
  'aws:elasticbeanstalk:command': {
    BatchSize: whole(1, 10_000),
    BatchSizeType: choice('Percentage', 'Fixed'),
    DeploymentPolicy: choice(
      ...['AllAtOnce', 'Rolling', 'RollingWithAdditionalBatch', 'Immutable', 'TrafficSplitting']
    ),
    IgnoreHealthCheck: toggle,
    Timeout: whole(1, 3600)
  },
  'aws:elasticbeanstalk:control': {
    DefaultSSHPort: whole(1, 65_535),
    LaunchTimeout: whole(0, 43_200),
    LaunchType: choice('Migration', 'Normal'),
    RollbackLaunchOnFailure: toggle
  },
  'aws:elasticbeanstalk:environment': {
    EnvironmentType: choice('SingleInstance', 'LoadBalanced'),
    LoadBalancerIsShared: toggle,
    LoadBalancerType: choice('classic', 'application', 'network'),
    ServiceRole: anything
  },
  'aws:elasticbeanstalk:environment:proxy': { ProxyServer: choice('nginx', 'apache', 'none') },
  'aws:elasticbeanstalk:healthreporting:system': {
    ConfigDocument: anything,
    EnhancedHealthAuthEnabled: toggle,
    HealthCheckSuccessThreshold: choice('Ok', 'Warning', 'Degraded', 'Severe'),
    SystemType: choice('basic', 'enhanced')
  },
  'aws:elasticbeanstalk:hostmanager': { LogPublicationControl: toggle },
  'aws:elasticbeanstalk:managedactions': {
    ManagedActionsEnabled: toggle,
    PreferredStartTime: pattern(
      /^(sun|mon|tue|wed|thu|fri|sat):([01]\d|2[0-3]):[0-5]\d$/i,
      'a day and a time (UTC), as Mon:18:00'
    ),
    ServiceRoleForManagedUpdates: anything
  },
  'aws:elasticbeanstalk:managedactions:platformupdate': {
    InstanceRefreshEnabled: toggle,
    UpdateLevel: choice('patch', 'minor')
  },
  'aws:elasticbeanstalk:monitoring': { 'Automatically Terminate Unhealthy Instances': toggle },
  'aws:elasticbeanstalk:sns:topics': {
    'Notification Endpoint': anything,
    'Notification Protocol': choice('http', 'https', 'email', 'email-json', 'sqs'),
    'Notification Topic ARN': anything,
    'Notification Topic Name': anything
  },
  'aws:elasticbeanstalk:sqsd': { ...Object.fromEntries(sqsdOptions), MaxRetries: whole(1, 100) },
  'aws:elasticbeanstalk:trafficsplitting': {
    EvaluationTime: whole(3, 600),
    NewVersionPercent: whole(1, 100)
  },
  'aws:elasticbeanstalk:xray': { XRayEnabled: toggle },
  'aws:rds:dbinstance': {
    DBAllocatedStorage: whole(5, 65_536),
    DBDeletionPolicy: choice('Delete', 'Retain', 'Snapshot'),
    DBEngine: anything,
    DBEngineVersion: anything,
    DBInstanceClass: anything,
    DBPassword: anything,
    DBSnapshotIdentifier: anything,
    DBUser: anything,
    HasCoupledDatabase: toggle,
    MultiAZDatabase: toggle
  }
}

/** Namespaces whose option names a team chooses itself. */
export const openNamespaces = [
  'aws:cloudformation:template:parameter',
  'aws:elasticbeanstalk:application:environment',
  'aws:elasticbeanstalk:application:environmentsecrets',
  'aws:elasticbeanstalk:customoption',
  'aws:elasticbeanstalk:environment:proxy:staticfiles'
]
