/** What happens around a workload: its configuration, quota, capacity, webhooks, the Services it names. */
import { milliValue } from '../../sim/api/quantity.ts';
import {
  get,
  isFields,
  isServedBy,
  list,
  nameOf,
  namespaceOf,
  replicasOf,
  templateOf,
  text,
} from '../../edits/shapes.ts';
import type { ManifestObject } from '../../sim/api/manifest/read.ts';
import type { Workload } from '../subject.ts';
import {
  aPodOf,
  isRolledOut,
  kubectl,
  restarted,
  trialOf,
  what,
  type Ground,
  type Line,
  type TrialKind,
} from './trial.ts';

/** A ConfigMap or Secret of the manifests that its Pods read, and a key of it. */
export interface Read {
  readonly place: number;
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key: string;
}

/** Every object within a value. */
function* within(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (isFields(value)) yield value;
  if (typeof value === 'object' && value !== null)
    for (const member of Object.values(value)) yield* within(member);
}

/** How Pods name what they read, and where the name stands. */
const REFERENCES = [
  ['configMapRef', 'ConfigMap', 'name'],
  ['configMapKeyRef', 'ConfigMap', 'name'],
  ['configMap', 'ConfigMap', 'name'],
  ['secretRef', 'Secret', 'name'],
  ['secretKeyRef', 'Secret', 'name'],
  ['secret', 'Secret', 'secretName'],
] as const;

const templateIn = (object: ManifestObject): unknown => get(object, [...(templateOf(object) ?? []), 'spec']);

/** What it reads and can be changed, each once, by a key that it asks for by name or else the first. */
export function readBy(
  objects: readonly ManifestObject[],
  { place, namespace }: Pick<Workload, 'place' | 'namespace'>,
): Read[] {
  const found = new Map<number, Read>();
  for (const fields of within(templateIn(objects[place]!)))
    for (const [member, kind, named] of REFERENCES) {
      const name = text(fields, [member, named]);
      const at = objects.findIndex(
        (o) => o.kind === kind && name !== undefined && nameOf(o) === name && namespaceOf(o) === namespace,
      );
      if (at < 0 || found.has(at) || get(objects[at], ['immutable']) === true) continue;
      const keys = ['data', 'stringData'].flatMap((field) => Object.keys(get(objects[at], [field]) ?? {}));
      const key = text(fields, [member, 'key']) ?? keys[0];
      if (key !== undefined) found.set(at, { place: at, kind, name: name!, key });
    }
  return [...found.values()];
}

const ofConfiguration = (kind: string, ja: string, line: Configured): TrialKind => ({
  kind,
  ja,
  likelihood: 'common',
  trials: ({ manifests: { objects }, workloads }) =>
    workloads
      .filter(isRolledOut)
      .flatMap((w) =>
        readBy(objects, w).map((read) =>
          trialOf(
            w,
            `${kind}: ${read.key} of ${read.kind.toLowerCase()}/${read.name}, and it is rolled out anew`,
            line(read, w),
            restarted(w),
          ),
        ),
      ),
});

type Configured = (read: Read, of: Pick<Workload, 'namespace'>) => Line;

export const withoutKey: Configured = ({ kind, name, key }, { namespace }) => [
  'When I run:',
  `kubectl patch ${kind.toLowerCase()} ${name} -n ${namespace} --type=merge ` +
    `-p '${JSON.stringify({ data: { [key]: null } })}'`,
];

export const withOtherValue: Configured = ({ kind, name, key }) =>
  kind === 'ConfigMap'
    ? `When key "${key}" of config map "${name}" becomes "broken"`
    : `When key "${key}" of secret "${name}" is rotated to "broken"`;

const keyMissing = ofConfiguration('its configuration lacks a key', '設定のキーが欠ける', withoutKey);

const valueBroken = ofConfiguration('its configuration is broken', '設定の値が壊れる', withOtherValue);

export const QUOTA = 'audit-used-up';

const quotaUsedUp: TrialKind = {
  kind: 'the quota is used up',
  ja: 'クォータを使い切っている',
  likelihood: 'common',
  trials: ({ workloads }) =>
    workloads.map((w) =>
      trialOf(
        w,
        `${quotaUsedUp.kind} for 5 minutes while a pod is deleted`,
        kubectl(`create quota ${QUOTA} --hard=pods=0`, w),
        `When ${aPodOf(w)} is deleted`,
        'When 5 minutes pass',
        kubectl(`delete quota ${QUOTA}`, w),
      ),
    ),
};

export const FILLER = 'audit-filler';
/** Each takes such a part of a node's CPU. */
const PARTS = 20;

/** Takes what is left of every node's CPU. */
export function fillers(cpu: string, nodes: number): string {
  const request = `${Math.max(1, Math.floor(milliValue(cpu) / PARTS))}m`;
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${FILLER}}
spec:
  replicas: ${PARTS * nodes}
  selector: {matchLabels: {app: ${FILLER}}}
  template:
    metadata: {labels: {app: ${FILLER}}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
      - name: pause
        image: registry.k8s.io/pause:3.10
        resources: {requests: {cpu: ${request}}}`;
}

/** Who has the lowest priority waits; who asks for nothing gets in all the same. */
const capacityUsedUp: TrialKind = {
  kind: 'no node has CPU left',
  ja: 'どのノードにもCPUの空きがない',
  likelihood: 'common',
  trials: ({ workloads, cpu, nodes }) =>
    workloads.map((w) =>
      trialOf(
        w,
        `${capacityUsedUp.kind} for 5 minutes when a pod is deleted`,
        ['When the manifest:', fillers(cpu, nodes.length)],
        'When 1 minute passes',
        `When ${aPodOf(w)} is deleted`,
        'When 5 minutes pass',
        kubectl(`delete deployment ${FILLER}`, w),
      ),
    ),
};

export const webhooksIn = (objects: readonly ManifestObject[]): { place: number; names: string[] }[] =>
  objects.flatMap((object, place) =>
    /^(Validating|Mutating)WebhookConfiguration$/.test(object.kind)
      ? [{ place, names: list(object, ['webhooks']).flatMap((w) => text(w, ['name']) ?? []) }]
      : [],
  );

const webhooksDown: TrialKind = {
  kind: 'admission webhooks are down',
  ja: 'アドミッションWebhookが停止する',
  likelihood: 'common',
  trials({ manifests: { objects }, workloads }) {
    const found = webhooksIn(objects);
    const names = found.flatMap((f) => f.names);
    if (names.length === 0) return [];
    return workloads.map((w) => ({
      ...trialOf(
        w,
        `${webhooksDown.kind} for 10 minutes while a pod is deleted`,
        ...names.map((name) => `When admission webhook "${name}" is down for 10 minutes`),
        `When ${aPodOf(w)} is deleted`,
        'When 10 minutes pass',
      ),
      about: found.map((f) => f.place),
    }));
  },
};

/** Services whose names stand in its Pod template, or in what that reads: how nobody, and all, are behind. */
export function namedBy(
  { manifests: { objects }, workloads }: Ground,
  w: Pick<Workload, 'place' | 'namespace'>,
): { service: string; gone: string[]; back: string[] }[] {
  const said = [templateIn(objects[w.place]!), ...readBy(objects, w).map((r) => objects[r.place])]
    .map((value) => JSON.stringify(value))
    .join('\n');
  return objects.flatMap((service) => {
    if (service.kind !== 'Service' || namespaceOf(service) !== w.namespace) return [];
    const behind = workloads.filter((o) => isServedBy(objects[o.place]!, service));
    const isNamed = new RegExp(`(?<![\\w.-])${nameOf(service)}(?![\\w-])(?=[.:/"\\s\\\\])`).test(said);
    const isOwn = behind.some((o) => o.place === w.place);
    const isScalable = behind.length > 0 && behind.every((o) => o.kind !== 'DaemonSet');
    if (!isNamed || isOwn || !isScalable) return [];
    const scaled = (o: Workload, replicas: number): string =>
      kubectl(`scale ${what(o)} --replicas=${replicas}`, o);
    return [
      {
        service: nameOf(service),
        gone: behind.map((o) => scaled(o, 0)),
        back: behind.map((o) => scaled(o, replicasOf(objects[o.place]!))),
      },
    ];
  });
}

const dependencyGone: TrialKind = {
  kind: 'a Service that it names is gone',
  ja: '参照しているServiceが応答しない',
  likelihood: 'common',
  trials: (ground) =>
    ground.workloads
      .filter(isRolledOut)
      .flatMap((w) =>
        namedBy(ground, w).map(({ service, gone, back }) =>
          trialOf(
            w,
            `nobody is behind ${service} for 5 minutes, and it is rolled out anew meanwhile`,
            ...gone,
            'When 1 minute passes',
            restarted(w),
            'When 4 minutes pass',
            ...back,
          ),
        ),
      ),
};

export const surroundings: readonly TrialKind[] = [
  keyMissing,
  valueBroken,
  quotaUsedUp,
  capacityUsedUp,
  webhooksDown,
  dependencyGone,
];
