/** `kubectl autoscale`. Source: staging/src/k8s.io/kubectl/pkg/cmd/autoscale/autoscale.go. */
import { isQuantity } from '../../sim/api/quantity.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { KubectlError } from '../errors.ts';
import { fileItems } from '../files.ts';
import { DRY_RUN, FILENAME, flag, PRINT } from '../flags.ts';
import { select, throwErrors } from '../resources.ts';
import type { Verb } from '../session.ts';
import { asCreated, dryRun, report } from './apply.ts';

const NOT_A_TARGET = (name: string): string =>
  `invalid value for --${name}: must be a percentage (e.g., '70%') or a resource quantity`;

/** `70%`, or `500m`, of a resource. */
function metricOf(name: 'cpu' | 'memory', text: string): object {
  const percent = /^([0-9]+)%$/.exec(text);
  if (percent === null && !isQuantity(text)) throw new KubectlError(NOT_A_TARGET(name));
  const target =
    percent === null
      ? { type: 'AverageValue', averageValue: text }
      : { type: 'Utilization', averageUtilization: Number(percent[1]) };
  return { type: 'Resource', resource: { name, target } };
}

export const autoscaleVerb: Verb = {
  name: 'autoscale',
  flags: [
    ...FILENAME,
    ...PRINT,
    DRY_RUN,
    flag('min', 'int'),
    flag('max', 'int'),
    flag('name', 'string'),
    flag('cpu', 'string'),
    flag('memory', 'string'),
    flag('cpu-percent', 'int', undefined, {
      deprecated:
        "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or " +
        "'500m' for milliCPU).",
    }),
    flag('save-config'),
  ],
  run(session) {
    const { flags, namespace } = session;
    const [min, max] = [flags.number('min', -1), flags.number('max', -1)];
    if (!flags.has('max')) throw new KubectlError('required flag(s) "max" not set');
    if (max < 1) throw new KubectlError(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
    if (max < min)
      throw new KubectlError(
        `--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`,
      );
    if (flags.has('cpu') && flags.has('cpu-percent'))
      throw new KubectlError('--cpu-percent and --cpu are mutually exclusive');
    const percent = flags.number('cpu-percent', -1);
    const cpu = flags.text('cpu') || (percent > 0 ? `${percent}%` : '');
    const metrics = [
      ...(cpu === '' ? [] : [metricOf('cpu', cpu)]),
      ...(flags.text('memory') === '' ? [] : [metricOf('memory', flags.text('memory'))]),
    ];
    const { items, errors } = select(session, fileItems(session));
    throwErrors(errors);
    const info = session.cluster.resources.get('HorizontalPodAutoscaler');
    for (const item of items) {
      const { definition, name } = { definition: item.info, name: item.object.metadata.name };
      if (definition.subresources.scale === undefined)
        throw new KubectlError(
          `cannot autoscale a ${definition.kind}: the server could not find the requested resource`,
        );
      const draft = {
        apiVersion: info.apiVersion,
        kind: info.kind,
        metadata: {
          name: flags.text('name') || name,
          namespace: item.object.metadata.namespace ?? namespace,
        },
        spec: {
          scaleTargetRef: { apiVersion: definition.apiVersion, kind: definition.kind, name },
          ...(min > 0 ? { minReplicas: min } : {}),
          maxReplicas: max,
          ...(metrics.length === 0 ? {} : { metrics }),
        },
      } as unknown as KubeObject;
      const kept = asCreated(session, draft);
      const made = dryRun(session).dry ? kept : session.api.create(kept);
      report(session, { info, object: made }, 'autoscaled');
    }
    return 0;
  },
};
