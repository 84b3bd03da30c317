/**
 * The APIService of metrics-server, which a cluster that serves metrics has from its beginning, as its add-on
 * brings it (kubernetes-sigs/metrics-server, manifests/base/apiservice.yaml). It is in the store once
 * somebody asks for APIServices; its server has no Pods and no Service to look at.
 */
import { passed, type Verdict, withoutEndpoints } from './apiserviceverdict.ts';
import type { APIService } from './resources/apiservice.ts';
import { rfc3339 } from './time.ts';
import type { Millis } from '../kernel/types.ts';

export const METRICS_API = 'v1beta1.metrics.k8s.io';

const SERVICE = { namespace: 'kube-system', name: 'metrics-server' };

/** Whether an APIService is that of the add-on, or leads where that does. */
export const leadsToAddOn = ({ metadata, spec: { service } }: APIService): boolean =>
  metadata.name === METRICS_API && service?.namespace === SERVICE.namespace && service.name === SERVICE.name;

/** What becomes of a request for metrics: nobody serves them, or who does cannot be reached. */
export type MetricsApiState = 'served' | 'unavailable' | 'absent';

interface Named {
  readonly name?: string;
  readonly namespace?: string;
}

/** What is said of metrics-server while it does not answer. @param behind the Service of its APIService */
export const metricsServerIsDown = ({ name = '', namespace = '' }: Named): Verdict =>
  withoutEndpoints(name, namespace, 'https');

/** @param answers whether metrics-server does */
export const metricsApiService = (answers: boolean, now: Millis): APIService =>
  ({
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: {
      name: METRICS_API,
      uid: '00000000-0000-4000-8000-b00000000000',
      resourceVersion: '0',
      creationTimestamp: rfc3339(0),
      labels: { 'k8s-app': 'metrics-server' },
    },
    spec: {
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: { ...SERVICE, port: 443 },
    },
    status: {
      conditions: [
        {
          type: 'Available',
          lastTransitionTime: rfc3339(answers ? 0 : now),
          ...(answers ? passed() : metricsServerIsDown(SERVICE)),
        },
      ],
    },
  }) as unknown as APIService;
