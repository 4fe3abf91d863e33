#!/bin/bash
# CloudWatch's agent, which Beanstalk runs for the streaming of logs, reads the metrics as well (METRICS_EMF_FILE).
# Last of all, for the platform sets the agent up anew at each deploy; and no deploy fails for it.
agent=/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl
[ -x "$agent" ] || exit 0
install -d -o webapp -g webapp /var/log/beanline
"$agent" -a append-config -m ec2 -s -c "file:$PWD/.platform/cloudwatch/beanline-metrics.json" ||
  echo 'No metrics go to CloudWatch: its agent did not take beanline-metrics.json.' >&2
exit 0
