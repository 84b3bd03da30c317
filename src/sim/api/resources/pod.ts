/** Pods. Models pkg/registry/core/pod and pkg/printers/internalversion/printers.go. */
import { defaultPod } from '../defaults/podspec.ts';
import { createPod, updatePod, updatePodStatus } from '../strategy/pod.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME, NONE, wide } from '../table/column.ts';
import { readinessGateText, restartText, summarizePod } from '../table/pod.ts';
import type { Pod } from '../types.ts';
import { validatePodCreate, validatePodUpdate } from '../validation/pod.ts';
import { validatePodStatus } from '../validation/status.ts';
import { defineResource } from './definition.ts';

export const pods = defineResource<Pod>({
  group: '',
  kind: 'Pod',
  plural: 'pods',
  shortNames: ['po'],
  categories: ['all'],
  subresources: { status: true },
  generation: true,
  defaults: defaultPod,
  strategy: { create: createPod, update: updatePod, status: updatePodStatus },
  validation: { create: validatePodCreate, update: validatePodUpdate, status: validatePodStatus },
  selectableFields: {
    'spec.nodeName': (p) => p.spec.nodeName ?? '',
    'spec.host': (p) => p.spec.nodeName ?? '',
    'spec.restartPolicy': (p) => p.spec.restartPolicy ?? '',
    'spec.schedulerName': (p) => p.spec.schedulerName ?? '',
    'spec.serviceAccountName': (p) => p.spec.serviceAccountName ?? '',
    'spec.hostNetwork': (p) => String(p.spec.hostNetwork ?? false),
    'status.phase': (p) => p.status.phase ?? '',
    'status.podIP': (p) => p.status.podIP ?? '',
    'status.podIPs': () => '',
    'status.nominatedNodeName': (p) => p.status.nominatedNodeName ?? '',
  },
  columns: [
    NAME,
    column('Ready'),
    column('Status'),
    // Its text may say how long ago the last one was, and yet a change of it is worth a line.
    column('Restarts'),
    AGE,
    wide('IP'),
    wide('Node'),
    wide('Nominated Node'),
    wide('Readiness Gates'),
  ],
  row(pod, { now }) {
    const summary = summarizePod(pod);
    return [
      pod.metadata.name,
      `${summary.ready}/${summary.total}`,
      summary.status,
      restartText(summary, now),
      ageOf(created(pod), now),
      pod.status.podIPs?.[0]?.ip || pod.status.podIP || NONE,
      pod.spec.nodeName || NONE,
      pod.status.nominatedNodeName || NONE,
      readinessGateText(pod),
    ];
  },
});
