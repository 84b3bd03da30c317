import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/errors.ts';
import type { MetricsApi, PodUsage } from '../../api/metrics.ts';
import { rfc3339 } from '../../api/time.ts';
import type { HorizontalPodAutoscaler } from '../../api/types.ts';
import { harness, type Harness } from '../../harness/harness.ts';
import { podAutoscalerController } from './horizontal.ts';
import type { AutoscalerState } from './reconcile.ts';

const labels = { app: 'web' };
const template = {
  metadata: { labels },
  spec: { containers: [{ name: 'web', image: 'web', resources: { requests: { cpu: '100m' } } }] },
};
const PERIOD_MS = 15_000;

interface World {
  readonly h: Harness<AutoscalerState>;
  /** Thousandths of a CPU that each of the Pods uses; undefined: metrics-server does not answer. */
  cpuMilli: number | undefined;
  /** What the external metric says. */
  queueMilli: number;
  readonly hpa: () => HorizontalPodAutoscaler;
  readonly replicas: () => number;
  readonly condition: (type: string) => string;
}

const down = (): never => {
  throw new ApiError('ServiceUnavailable', 'the server is currently unable to handle the request');
};

function world(spec: object, replicas = 1): World {
  const h = harness([podAutoscalerController]);
  const w: World = {
    h,
    cpuMilli: 100,
    queueMilli: 0,
    hpa: () => h.api.get('HorizontalPodAutoscaler', 'default', 'web'),
    replicas: () => h.api.get('Deployment', 'default', 'web').spec.replicas!,
    condition: (type) => {
      const found = w.hpa().status.conditions?.find((c) => c.type === type);
      return found === undefined ? '' : `${found.status} ${found.reason}`;
    },
  };
  const metrics: MetricsApi = {
    nodes: down,
    ofPods: down,
    ofObject: down,
    external: () => [w.queueMilli],
    pods: () => {
      const { cpuMilli } = w;
      if (cpuMilli === undefined) return down();
      return h.api
        .list('Pod')
        .map(
          ({ metadata }): PodUsage => ({
            namespace: 'default',
            name: metadata.name,
            at: h.now,
            windowMs: PERIOD_MS,
            containers: [{ name: 'web', cpuMilli, memoryBytes: 1 }],
          }),
        );
    },
  };
  h.metrics = metrics;
  h.put({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas, selector: { matchLabels: labels }, template },
    status: { replicas },
  });
  for (let i = 0; i < replicas; i += 1)
    h.put({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `web-${i}`, namespace: 'default', labels },
      spec: template.spec,
      status: {
        phase: 'Running',
        startTime: rfc3339(-3_600_000),
        conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: rfc3339(-3_600_000) }],
      },
    });
  h.put({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      maxReplicas: 10,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
        },
      ],
      ...spec,
    },
    status: {},
  });
  return w;
}

describe('the autoscaler', () => {
  it('looks first after a period, and then every period', () => {
    const w = world({});
    w.h.pass(PERIOD_MS - 1);
    expect(w.hpa().status.conditions).toBeUndefined();
    w.h.pass(1);
    expect(w.replicas()).toBe(2);
    expect(w.h.events.map((e) => e.message)).toEqual([
      'New size: 2; reason: cpu resource utilization (percentage of request) above target',
    ]);
    expect(w.hpa().status).toMatchObject({
      currentReplicas: 1,
      desiredReplicas: 2,
      lastScaleTime: rfc3339(PERIOD_MS),
      currentMetrics: [{ resource: { current: { averageUtilization: 100, averageValue: '100m' } } }],
    });
  });

  it('writes nothing where nothing is new', () => {
    const w = world({}, 2);
    w.cpuMilli = 50;
    w.h.pass(PERIOD_MS);
    const writes = w.h.writes.length;
    w.h.pass(20 * PERIOD_MS);
    expect(w.h.writes.length).toBe(writes);
    expect(w.condition('AbleToScale')).toBe('True ReadyForNewScale');
  });

  it('holds the highest of five minutes when it goes down', () => {
    const w = world({}, 4);
    w.cpuMilli = 10;
    w.h.pass(PERIOD_MS);
    expect(w.condition('AbleToScale')).toBe('True ScaleDownStabilized');
    w.h.pass(300_000 - PERIOD_MS);
    expect(w.replicas()).toBe(4);
    w.h.pass(2 * PERIOD_MS);
    expect(w.replicas()).toBe(1);
    expect(w.h.events.at(-1)!.message).toBe('New size: 1; reason: All metrics below target');
  });

  it('goes back into its bounds whatever is measured', () => {
    const w = world({ maxReplicas: 2 }, 4);
    w.cpuMilli = undefined;
    w.h.pass(PERIOD_MS);
    expect(w.replicas()).toBe(2);
    expect(w.h.events.at(-1)!.message).toBe(
      'New size: 2; reason: Current number of replicas above Spec.MaxReplicas',
    );
  });

  it('leaves a target of no replicas alone', () => {
    const w = world({}, 0);
    w.h.pass(PERIOD_MS);
    expect(w.replicas()).toBe(0);
    expect(w.condition('ScalingActive')).toBe('False ScalingDisabled');
  });

  it('says why nothing was measured, and leaves all as it is', () => {
    const w = world({}, 3);
    w.cpuMilli = undefined;
    w.h.pass(PERIOD_MS);
    expect(w.replicas()).toBe(3);
    expect(w.condition('ScalingActive')).toBe('False FailedGetResourceMetric');
    const why =
      'failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from ' +
      'resource metrics API: the server is currently unable to handle the request';
    expect(w.h.events.map((e) => [e.reason, e.message])).toEqual([
      ['FailedGetResourceMetric', why],
      [
        'FailedComputeMetricsReplicas',
        'invalid metrics (1 invalid out of 1), first error is: ' +
          `failed to get cpu resource metric value: ${why}`,
      ],
    ]);
  });

  it('goes up by one metric while another says nothing, and not down', () => {
    const external = {
      type: 'External',
      external: { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue: '10' } },
    };
    const cpu = {
      type: 'Resource',
      resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
    };
    const w = world(
      { metrics: [cpu, external], behavior: { scaleDown: { stabilizationWindowSeconds: 0 } } },
      2,
    );
    w.cpuMilli = undefined;
    w.queueMilli = 40_000;
    w.h.pass(PERIOD_MS);
    expect(w.replicas()).toBe(4);
    w.queueMilli = 0;
    w.h.pass(PERIOD_MS);
    expect(w.replicas()).toBe(4);
  });

  it('tells of a target that is not there', () => {
    const w = world({ scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'other' } });
    w.h.pass(PERIOD_MS);
    expect(w.condition('AbleToScale')).toBe('False FailedGetScale');
    expect(w.h.events[0]).toMatchObject({
      reason: 'FailedGetScale',
      message: 'deployments.apps "other" not found',
    });
  });

  it('tells of a kind that is not served', () => {
    const w = world({ scaleTargetRef: { apiVersion: 'example.com/v1', kind: 'Widget', name: 'web' } });
    w.h.pass(PERIOD_MS);
    expect(w.h.events[0]!.message).toBe('no matches for kind "Widget" in group "example.com"');
  });

  it('steers no Pods that another one steers', () => {
    const w = world({}, 2);
    w.h.put({ ...w.hpa(), metadata: { name: 'rival', namespace: 'default' } });
    w.h.pass(2 * PERIOD_MS);
    expect(w.condition('ScalingActive')).toBe('False AmbiguousSelector');
    expect(w.h.events.at(-2)!.message).toBe(
      'pods by selector app=web are controlled by multiple HPAs: [default/rival default/web]',
    );
  });

  it('tries a scale that was refused again at the next period', () => {
    const w = world({});
    w.h.refuse = (verb) => {
      if (verb === 'scale') throw new ApiError('Conflict', 'the object has been modified');
    };
    w.h.pass(PERIOD_MS);
    expect(w.condition('AbleToScale')).toBe('False FailedUpdateScale');
    w.h.refuse = () => {};
    w.h.pass(PERIOD_MS);
    expect(w.replicas()).toBe(2);
  });

  it('forgets nothing of its policies between syncs, and everything at a restart', () => {
    const policies = [{ type: 'Pods', value: 1, periodSeconds: 60 }];
    const w = world({ behavior: { scaleUp: { policies } } });
    w.cpuMilli = 400;
    w.h.pass(2 * PERIOD_MS);
    expect(w.replicas()).toBe(2);
    expect(w.condition('ScalingLimited')).toBe('True ScaleUpLimit');
    w.h.restart();
    w.h.pass(PERIOD_MS);
    expect(w.replicas()).toBe(3);
  });
});
