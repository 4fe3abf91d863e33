import { anything, choice, duration, type Kind, pattern, size, toggle, whole } from './value.ts'

/** A family and a size; there are too many families to name. */
const instanceType = String.raw`[a-z][a-z0-9-]*\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)`

/** The options about instances and their number, by namespace (Developer Guide, "General options"). */
export const instanceOptions: Record<string, Record<string, Kind>> = {
  'aws:autoscaling:asg': {
    'Availability Zones': choice('Any', 'Any 1', 'Any 2', 'Any 3'),
    Cooldown: size,
    'Custom Availability Zones': anything,
    EnableCapacityRebalancing: toggle,
    MinSize: size,
    MaxSize: size
  },
  'aws:autoscaling:launchconfiguration': {
    BlockDeviceMappings: anything,
    DisableDefaultEC2SecurityGroup: toggle,
    DisableIMDSv1: toggle,
    EC2KeyName: anything,
    IamInstanceProfile: anything,
    ImageId: pattern(/^ami-[0-9a-z]+$/, 'the id of an image, as ami-0123456789abcdef0'),
    InstanceType: anything,
    LaunchTemplateTagPropagationEnabled: toggle,
    MonitoringInterval: choice('1 minute', '5 minute'),
    RootVolumeIOPS: whole(100, 20_000),
    RootVolumeSize: whole(8, 16_384),
    RootVolumeThroughput: whole(125, 1000),
    RootVolumeType: choice('standard', 'gp2', 'gp3', 'io1'),
    SecurityGroups: anything,
    SSHSourceRestriction: pattern(/^.+,.+,.+,.+$/, '"protocol, from port, to port, source"')
  },
  'aws:autoscaling:scheduledaction': {
    DesiredCapacity: size,
    EndTime: anything,
    MaxSize: size,
    MinSize: size,
    Recurrence: pattern(/^\S+( \S+){4}$/, 'a cron expression of five fields'),
    StartTime: anything,
    Suspend: toggle
  },
  'aws:autoscaling:trigger': {
    BreachDuration: whole(1, 600),
    EvaluationPeriods: whole(1, 600),
    LowerBreachScaleIncrement: pattern(/^-?\d+%?$/, 'a number of instances'),
    LowerThreshold: pattern(/^\d+(\.\d+)?$/, 'a number'),
    MeasureName: choice(
      ...['CPUUtilization', 'NetworkIn', 'NetworkOut', 'DiskWriteOps', 'DiskReadBytes'],
      ...['DiskReadOps', 'DiskWriteBytes', 'Latency', 'RequestCount', 'HealthyHostCount'],
      ...['UnhealthyHostCount', 'TargetResponseTime']
    ),
    Period: whole(1, 600),
    Statistic: choice('Minimum', 'Maximum', 'Sum', 'Average'),
    Unit: choice(
      ...['Seconds', 'Percent', 'Bytes', 'Bits', 'Count'],
      ...['Bytes/Second', 'Bits/Second', 'Count/Second', 'None']
    ),
    UpperBreachScaleIncrement: pattern(/^-?\d+%?$/, 'a number of instances'),
    UpperThreshold: pattern(/^\d+(\.\d+)?$/, 'a number')
  },
  'aws:autoscaling:updatepolicy:rollingupdate': {
    MaxBatchSize: whole(1, 10_000),
    MinInstancesInService: whole(0, 9999),
    PauseTime: duration,
    RollingUpdateEnabled: toggle,
    RollingUpdateType: choice('Time', 'Health', 'Immutable'),
    Timeout: duration
  },
  'aws:ec2:instances': {
    EnableSpot: toggle,
    InstanceTypes: pattern(
      new RegExp(`^${instanceType}( *, *${instanceType}){0,39}$`),
      'one to forty instance types, separated by commas, as t3.small,t3a.small'
    ),
    SpotAllocationStrategy: choice(
      ...['capacity-optimized', 'price-capacity-optimized'],
      ...['capacity-optimized-prioritized', 'lowest-price']
    ),
    SpotFleetOnDemandAboveBasePercentage: whole(0, 100),
    SpotFleetOnDemandBase: size,
    SpotMaxPrice: pattern(/^(\d+(\.\d+)?|null)$/, 'a price from 0.001 to 20.0, or null'),
    SupportedArchitectures: pattern(
      /^(arm64|x86_64|i386)( *, *(arm64|x86_64|i386))*$/,
      'arm64, x86_64 or both'
    )
  },
  'aws:ec2:vpc': {
    AssociatePublicIpAddress: toggle,
    DBSubnets: anything,
    ELBScheme: choice('public', 'internal'),
    ELBSubnets: anything,
    Subnets: anything,
    VPCId: anything
  }
}
