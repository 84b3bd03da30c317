import { describe, expect, it } from 'vitest';
import { todaysMessage, todaysOutput } from './known-differences.ts';

/** What is compared: lines without their blanks, in any order. */
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((l) => l.replace(/ +/g, ' ').trim())
    .filter((l) => l !== '')
    .sort();

const OUTPUTS: readonly (readonly [what: string, recorded: string, today: string])[] = [
  [
    'a drain that a pod without controller stops',
    'node/node-1 cordoned\nerror: unable to drain node "node-1", aborting command...\n\nThere are pending ' +
      'nodes to be drained:\n node-1\n' +
      'error: cannot delete Pods not managed by ReplicationController, ReplicaSet, Job, DaemonSet or ' +
      'StatefulSet (use --force to override): default/lone\n',
    'node/node-1 cordoned\nerror: unable to drain node "node-1" due to error: cannot delete Pods that ' +
      'declare no controller (use --force to override): default/lone, continuing command...\n' +
      'There are pending nodes to be drained:\n node-1\ncannot delete Pods that declare no controller ' +
      '(use --force to override): default/lone\n',
  ],
  [
    'warnings of a drain in the other order',
    'WARNING: deleting Pods not managed by ReplicationController, ReplicaSet, Job, DaemonSet or ' +
      'StatefulSet: default/lone; ignoring DaemonSet-managed Pods: default/agent-q7b8l\n',
    'Warning: ignoring DaemonSet-managed Pods: default/agent-q7b8l; deleting Pods that declare no ' +
      'controller: default/lone\n',
  ],
  [
    'a request over its limit',
    'The Deployment "web" is invalid: spec.template.spec.containers[0].resources.requests: Invalid value: ' +
      '"2": must be less than or equal to cpu limit\n',
    'The Deployment "web" is invalid: spec.template.spec.containers[0].resources.requests: Invalid value: ' +
      '"2": must be less than or equal to cpu limit of 1\n',
  ],
  [
    'a selector that may not change, beside labels that do not match it',
    'The Deployment "web" is invalid: \n* spec.template.metadata.labels: Invalid value: ' +
      'map[string]string{"app":"web"}: `selector` does not match template `labels`\n' +
      '* spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"x"}, ' +
      'MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable\n',
    'The Deployment "web" is invalid: \n* spec.template.metadata.labels: Invalid value: {"app":"web"}: ' +
      '`selector` does not match template `labels`\n' +
      '* spec.selector: Invalid value: {"matchLabels":{"app":"x"}}: field is immutable\n',
  ],
  [
    'an address that may not change',
    'The Service "web" is invalid: spec.clusterIPs[0]: Invalid value: []string{"10.96.0.77"}: may not ' +
      'change once set\n',
    'The Service "web" is invalid: spec.clusterIPs[0]: Invalid value: ["10.96.0.77"]: may not change once ' +
      'set\n',
  ],
  [
    'fields of a StatefulSet that may not change',
    'The StatefulSet "db" is invalid: spec: Forbidden: updates to statefulset spec for fields other ' +
      "than 'replicas', 'template', and 'updateStrategy' are forbidden\n",
    'The StatefulSet "db" is invalid: spec: Forbidden: updates to statefulset spec for fields other ' +
      "than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', " +
      "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden\n",
  ],
  [
    'a quota',
    'NAME   AGE   REQUEST                           LIMIT\nfew    30s   pods: 3/4, requests.cpu: 600m/1   ' +
      'limits.cpu: 1200m/2\n',
    'NAME   REQUEST                           LIMIT                 AGE\nfew    pods: 3/4, requests.cpu: ' +
      '600m/1   limits.cpu: 1200m/2   30s\n',
  ],
  [
    'quotas of all namespaces, one without limits',
    'NAMESPACE   NAME   AGE   REQUEST         LIMIT\ndefault     few    30s   pods: 3/4       \nteam      ' +
      '  cpus   2m3s  cpu: 600m/1     \n',
    'NAMESPACE   NAME   REQUEST         LIMIT   AGE\ndefault     few    pods: 3/4               30s\nteam ' +
      '       cpus   cpu: 600m/1             2m3s\n',
  ],
  [
    'a pod that has restarted',
    'NAME   READY   STATUS    RESTARTS   AGE\nweb    1/1     Running   2          5m\n',
    'NAME   READY   STATUS    RESTARTS      AGE\nweb    1/1     Running   2 (30s ago)   5m\n',
  ],
  [
    'a pod that says too little for a quota',
    'Error from server (Forbidden): error when creating "STDIN": pods "web" is forbidden: failed quota: ' +
      'few: must specify limits.cpu,requests.cpu\n',
    'Error from server (Forbidden): error when creating "STDIN": pods "web" is forbidden: failed quota: ' +
      'few: must specify limits.cpu for: a,b; requests.cpu for: a\n',
  ],
];

describe('texts of the recorded release', () => {
  it.each(OUTPUTS)('are those of today: %s', (_, recorded, today) => {
    expect(lines(recorded)).not.toEqual(lines(today));
    expect(lines(todaysOutput(recorded))).toEqual(lines(todaysOutput(today)));
  });

  it('are those of today in events: a quota names the containers', () => {
    const told = (missing: string): string =>
      todaysMessage(`Error creating: pods "web-1" is forbidden: failed quota: few: must specify ${missing}`);
    expect(told('limits.cpu for: web; requests.cpu for: web')).toBe(told('limits.cpu,requests.cpu'));
  });

  it('are left alone where they say something else', () => {
    for (const text of [
      'NAME   READY   AGE\ndb     2/2     30s\n',
      'The Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is ' +
        'already allocated\n',
      'NAME   MIN AVAILABLE   MAX UNAVAILABLE   ALLOWED DISRUPTIONS   AGE\nweb    2   N/A   0   90s\n',
    ])
      expect(todaysOutput(text)).toBe(text);
  });
});
