import { anything, choice, type Kind, pattern, port, toggle, whole } from './value.ts'

const process: Record<string, Kind> = {
  DeregistrationDelay: whole(0, 3600),
  HealthCheckInterval: whole(5, 300),
  HealthCheckPath: pattern(/^\//, 'a path that begins with "/"'),
  HealthCheckTimeout: whole(1, 60),
  HealthyThresholdCount: whole(2, 10),
  MatcherHTTPCode: pattern(/^[2-4]\d\d([,-] *[2-4]\d\d)*$/, 'status codes from 200 to 499'),
  Port: port,
  Protocol: choice('HTTP', 'HTTPS', 'TCP'),
  StickinessEnabled: toggle,
  StickinessLBCookieDuration: whole(1, 604_800),
  StickinessType: choice('lb_cookie'),
  UnhealthyThresholdCount: whole(2, 10)
}

const listener: Record<string, Kind> = {
  DefaultProcess: anything,
  ListenerEnabled: toggle,
  Protocol: choice('HTTP', 'HTTPS', 'TCP', 'TLS'),
  Rules: anything,
  SSLCertificateArns: anything,
  SSLPolicy: anything
}

const classicListener: Record<string, Kind> = {
  InstancePort: port,
  InstanceProtocol: choice('HTTP', 'HTTPS', 'TCP', 'SSL'),
  ListenerEnabled: toggle,
  ListenerProtocol: choice('HTTP', 'HTTPS', 'TCP', 'SSL'),
  PolicyNames: anything,
  SSLCertificateId: anything
}

const classicPolicy: Record<string, Kind> = {
  ConnectionDrainingEnabled: toggle,
  ConnectionDrainingTimeout: whole(1, 3600),
  ConnectionSettingIdleTimeout: whole(1, 3600),
  CookieName: anything,
  InstancePorts: anything,
  LoadBalancerPorts: anything,
  ProxyProtocol: toggle,
  PublicKey: anything,
  PublicKeyPolicyNames: anything,
  SSLProtocols: anything,
  SSLReferencePolicy: anything,
  'Stickiness Cookie Expiration': whole(0, 1_000_000),
  'Stickiness Policy': toggle
}

/** The options about load balancers, by namespace; `*` is a name or a port that a team chooses. */
export const balancerOptions: Record<string, Record<string, Kind>> = {
  'aws:elasticbeanstalk:environment:process:*': process,
  'aws:elbv2:listener:default': listener,
  'aws:elbv2:listener:*': listener,
  'aws:elbv2:listenerrule:*': {
    HostHeaders: anything,
    PathPatterns: anything,
    Priority: whole(1, 1000),
    Process: anything
  },
  'aws:elbv2:loadbalancer': {
    AccessLogsS3Bucket: anything,
    AccessLogsS3Enabled: toggle,
    AccessLogsS3Prefix: anything,
    IdleTimeout: whole(1, 3600),
    IpAddressType: choice('ipv4', 'dualstack'),
    ManagedSecurityGroup: anything,
    SecurityGroups: anything,
    SharedLoadBalancer: anything
  },
  'aws:elb:healthcheck': {
    HealthyThreshold: whole(2, 10),
    Interval: whole(5, 300),
    Target: anything,
    Timeout: whole(2, 60),
    UnhealthyThreshold: whole(2, 10)
  },
  'aws:elb:listener': classicListener,
  'aws:elb:listener:*': classicListener,
  'aws:elb:loadbalancer': {
    CrossZone: toggle,
    LoadBalancerHTTPPort: anything,
    LoadBalancerHTTPSPort: anything,
    LoadBalancerPortProtocol: anything,
    LoadBalancerSSLPortProtocol: anything,
    ManagedSecurityGroup: anything,
    SecurityGroups: anything,
    SSLCertificateId: anything
  },
  'aws:elb:policies': classicPolicy,
  'aws:elb:policies:*': classicPolicy
}
