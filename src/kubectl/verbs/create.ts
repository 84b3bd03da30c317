/**
 * `kubectl create`, `run`, `expose`. Sources: staging/src/k8s.io/kubectl/pkg/cmd/create, run/run.go,
 * expose/expose.go.
 */
import { applyPatch } from '../../sim/api/merge/index.ts';
import { schemaOf } from '../../sim/api/resources/definition.ts';
import { isQuantity } from '../../sim/api/quantity.ts';
import { parseLabelSelector } from '../../sim/api/selector.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { ApiError } from '../../sim/api/errors.ts';
import { KubectlError, usageError } from '../errors.ts';
import { fileItems } from '../files.ts';
import { DRY_RUN, FILENAME, flag, PRINT, RECORD } from '../flags.ts';
import { select, throwErrors } from '../resources.ts';
import { asTyped } from '../typed.ts';
import { tellWritten } from '../session.ts';
import type { PendingWait, Session, Verb } from '../session.ts';
import type { AttachState } from '../waits/attach.ts';
import type { RunState } from '../waits/run.ts';
import { asCreated, CREATE_FLAGS, createFromFiles, dryRun, report, withCause } from './apply.ts';

/** What commands put before the server's words, by kind (Run of pkg/cmd/create/create_*.go). */
const FAILED: Readonly<Record<string, string>> = {
  ClusterRoleBinding: 'clusterrolebinding:',
  ConfigMap: 'configmap:',
  CronJob: 'cronjob:',
  Deployment: 'deployment:',
  Ingress: 'ingress:',
  Job: 'job:',
  PodDisruptionBudget: 'poddisruptionbudgets:',
  PriorityClass: 'priorityclass:',
  ResourceQuota: 'quota:',
  RoleBinding: 'rolebinding:',
  Secret: 'secret',
  ServiceAccount: 'serviceaccount:',
};

/** The error as the command tells it: most tell the text alone. */
function asTold(error: unknown, { command }: Session, { kind, spec }: KubeObject): unknown {
  const isTold = error instanceof ApiError && error.reason !== 'Unreachable' && command.startsWith('create');
  const { type = 'ClusterIP' } = (spec ?? {}) as { readonly type?: string };
  const what = kind === 'Service' ? `${type} service:` : FAILED[kind];
  return isTold && what !== undefined ? new KubectlError(`failed to create ${what} ${error.message}`) : error;
}

/** Creates one object of a kind and says so. */
export function createObject(
  session: Session,
  kind: string,
  name: string,
  rest: Record<string, unknown>,
  labels?: Record<string, string>,
  done = 'created',
  metadata: Record<string, unknown> = {},
): number {
  const info = session.cluster.resources.get(kind);
  const draft = {
    apiVersion: info.apiVersion,
    kind,
    metadata: {
      name,
      ...(info.namespaced ? { namespace: session.namespace } : {}),
      ...(labels === undefined ? {} : { labels }),
      ...metadata,
    },
    ...rest,
  } as unknown as KubeObject;
  const kept = asCreated(session, withCause(session, draft));
  let created: KubeObject;
  try {
    created = dryRun(session).dry ? asTyped(kept, session.namespaceGiven) : session.api.create(kept);
  } catch (error) {
    throw asTold(error, session, draft);
  }
  if (dryRun(session).suffix === '') tellWritten(session, info, draft);
  report(session, { info, object: created }, done);
  return 0;
}

/** @throws KubectlError unless there is exactly one name */
export const nameOf = (session: Session, what: string): string => {
  const [name, ...more] = session.dashAt < 0 ? session.args : session.args.slice(0, session.dashAt);
  if (name === undefined) throw usageError(session.command, `exactly one NAME is required, got 0`);
  if (more.length > 0)
    throw usageError(session.command, `exactly one NAME is required, got ${more.length + 1}`);
  void what;
  return name;
};
/** Flags of all that create one object. */
export const COMMON = [...PRINT, DRY_RUN, flag('save-config')];

/** What stands below `kubectl create`, and has commands below itself. */
const GROUPS: ReadonlyMap<string, string> = new Map(
  ['service', 'svc'].map((name) => [name, 'clusterip, externalname, loadbalancer, nodeport']),
);

export const createVerb: Verb = {
  name: 'create',
  flags: CREATE_FLAGS,
  run(session) {
    const [group = ''] = session.args;
    if (GROUPS.has(group))
      throw new KubectlError(`kubectl create ${group} takes one of: ${GROUPS.get(group)}`);
    if (session.args.length > 0) {
      throw new KubectlError(
        `Unexpected args: [${session.args.join(' ')}]\nSee 'kubectl create -h' for help and examples`,
      );
    }
    if (!session.flags.has('filename') && !session.flags.has('kustomize'))
      throw new KubectlError('must specify one of -f and -k');
    return createFromFiles(session);
  },
};

export const createNamespace: Verb = {
  name: 'create namespace',
  flags: COMMON,
  run: (s) => createObject(s, 'Namespace', nameOf(s, 'namespace'), {}),
};
export const createServiceAccount: Verb = {
  name: 'create serviceaccount',
  flags: COMMON,
  run: (s) => createObject(s, 'ServiceAccount', nameOf(s, 'serviceaccount'), {}),
};
export const createDeployment: Verb = {
  name: 'create deployment',
  flags: [...COMMON, flag('image', 'strings'), flag('replicas', 'int', 'r'), flag('port', 'int')],
  run(s) {
    const name = nameOf(s, 'deployment');
    const images = s.flags.list('image').flatMap((i) => i.split(','));
    if (images.length === 0) throw new KubectlError('required flag(s) "image" not set');
    const command = s.dashAt < 0 ? [] : s.args.slice(s.dashAt);
    if (command.length > 0 && images.length > 1)
      throw new KubectlError('cannot specify multiple --image options and command');
    const port = s.flags.number('port', -1);
    const labels = { app: name };
    const containers = images.map((image) => ({
      name: containerName(image),
      image,
      ...(command.length > 0 ? { command } : {}),
      ...(port >= 0 && images.length === 1 ? { ports: [{ containerPort: port }] } : {}),
    }));
    return createObject(
      s,
      'Deployment',
      name,
      {
        spec: {
          replicas: s.flags.number('replicas', 1),
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers } },
        },
      },
      labels,
    );
  },
};

/** `registry/team/nginx:1.15` runs as `nginx`. Left out: the random end of a name with signs replaced. */
const containerName = (image: string): string =>
  image.split('/').at(-1)!.split(/[:@]/)[0]!.replace(/[_.]/g, '-');

export const createPdb: Verb = {
  name: 'create poddisruptionbudget',
  flags: [
    ...COMMON,
    flag('selector', 'string'),
    flag('min-available', 'string'),
    flag('max-unavailable', 'string'),
  ],
  run(s) {
    const name = nameOf(s, 'poddisruptionbudget');
    const [min, max] = [s.flags.text('min-available'), s.flags.text('max-unavailable')];
    if (s.flags.text('selector') === '') throw new KubectlError('a selector must be specified');
    if (min === '' && max === '')
      throw new KubectlError('one of min-available or max-unavailable must be specified');
    if (min !== '' && max !== '')
      throw new KubectlError('min-available and max-unavailable cannot be both specified');
    for (const [which, text] of [
      ['min-available', min],
      ['max-unavailable', max],
    ] as const)
      if (text !== '' && !/^\d+%?$/.test(text))
        throw new KubectlError(`invalid format specified for ${which}`);
    const amount = (text: string): string | number => (/^\d+$/.test(text) ? Number(text) : text);
    return createObject(s, 'PodDisruptionBudget', name, {
      spec: {
        selector: { matchLabels: labelsOf(s.flags.text('selector')) },
        ...(min === '' ? { maxUnavailable: amount(max) } : { minAvailable: amount(min) }),
      },
    });
  },
};
export const createPriorityClass: Verb = {
  name: 'create priorityclass',
  flags: [
    ...COMMON,
    flag('value', 'int'),
    flag('global-default'),
    flag('description', 'string'),
    flag('preemption-policy', 'string'),
  ],
  run(s) {
    return createObject(s, 'PriorityClass', nameOf(s, 'priorityclass'), {
      value: s.flags.number('value', 0),
      ...(s.flags.bool('global-default') ? { globalDefault: true } : {}),
      ...(s.flags.text('description') === '' ? {} : { description: s.flags.text('description') }),
      preemptionPolicy: s.flags.text('preemption-policy') || 'PreemptLowerPriority',
    });
  },
};
export const createQuota: Verb = {
  name: 'create quota',
  flags: [...COMMON, flag('hard', 'string'), flag('scopes', 'string')],
  run(s) {
    const scopes = s.flags.text('scopes') === '' ? [] : s.flags.text('scopes').split(',');
    // Which there are is for the server to say.
    if (scopes.includes('')) throw new KubectlError('invalid resource quota scope ""');
    const hard = Object.fromEntries(
      s.flags
        .text('hard')
        .split(',')
        .filter((p) => p !== '')
        .map((p) => {
          const [k, v] = p.split('=');
          if (v === undefined)
            throw new KubectlError(`Invalid argument syntax ${p}, expected <resource>=<value>`);
          if (!isQuantity(v))
            throw new KubectlError(
              'quantities must match the regular expression ' +
                "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
            );
          return [k!, v];
        }),
    );
    return createObject(s, 'ResourceQuota', nameOf(s, 'quota'), {
      spec: {
        ...(Object.keys(hard).length === 0 ? {} : { hard }),
        ...(scopes.length === 0 ? {} : { scopes }),
      },
    });
  },
};

function labelsOf(selector: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const r of parseLabelSelector(selector).requirements) {
    if (r.operator !== '=' && r.operator !== '==')
      throw new KubectlError(`invalid selector "${selector}": only equality is supported here`);
    labels[r.key] = r.values[0]!;
  }
  return labels;
}

/** `a=b,c=d`. Source: staging/src/k8s.io/kubectl/pkg/generate/generate.go (`ParseLabels`). */
function labelsGiven(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const part of text.split(',')) {
    const eq = part.indexOf('=');
    if (eq < 0) throw new KubectlError(`unexpected label spec: ${part}`);
    labels[part.slice(0, eq)] = part.slice(eq + 1);
  }
  return labels;
}

/** A Pod as --overrides has it. Source: staging/src/k8s.io/kubectl/pkg/cmd/util/override_options.go. */
function overridden(
  { flags, cluster }: Session,
  pod: Record<string, Record<string, unknown>>,
): Record<string, Record<string, unknown>> {
  const text = flags.text('overrides');
  if (text === '') return pod;
  const type = flags.text('override-type') || 'merge';
  if (type !== 'json' && type !== 'merge' && type !== 'strategic')
    throw new KubectlError(`invalid override type: ${type}`);
  let patch: unknown;
  try {
    patch = JSON.parse(text);
  } catch {
    throw new KubectlError(`Invalid JSON Patch`);
  }
  return applyPatch(type, schemaOf(cluster.resources.get('Pod')), pod, patch) as typeof pod;
}

/** A port's number; undefined where none is given. */
function portOf(text: string): number | undefined {
  if (text === '') return undefined;
  if (!/^[+-]?\d+$/.test(text)) throw new KubectlError(`strconv.Atoi: parsing "${text}": invalid syntax`);
  return Number(text);
}

const exposedPort = (text: string): number => portOf(text)!;

/** What is left to do once the Pod is made. @param ends whether the Pod ends with its container */
function attached(s: Session, name: string, ends: boolean): PendingWait {
  const { flags, namespace } = s;
  const pod = s.api.get('Pod', namespace, name);
  const container = { namespace, pod: name, uid: pod.metadata.uid, container: pod.spec.containers[0]!.name };
  const attach: AttachState = {
    left: [container],
    stdin: flags.bool('stdin'),
    tty: flags.bool('tty'),
    quiet: flags.bool('quiet'),
    run: undefined,
    shown: 0,
    told: '',
  };
  const made = ['pods', ...(flags.bool('expose') ? ['services'] : [])];
  const removed = flags.bool('rm') ? made.map((resource) => ({ resource, name })) : [];
  return { wait: 'run', state: { attach, container, ends, removed } satisfies RunState };
}

export const runVerb: Verb = {
  name: 'run',
  flags: [
    ...PRINT,
    DRY_RUN,
    flag('image', 'string'),
    flag('port', 'string'),
    flag('labels', 'string', 'l'),
    flag('env', 'strings'),
    flag('restart', 'string'),
    flag('command'),
    flag('expose'),
    flag('stdin', 'bool', 'i'),
    flag('tty', 'bool', 't'),
    flag('rm'),
    flag('attach'),
    flag('quiet', 'bool', 'q'),
    flag('image-pull-policy', 'string'),
    flag('privileged'),
    flag('annotations', 'strings'),
    flag('overrides', 'string'),
    flag('override-type', 'string'),
    flag('save-config'),
    RECORD,
  ],
  run(s) {
    const { flags } = s;
    const name = s.args[0];
    const image = flags.text('image');
    if (image === '') throw new KubectlError('required flag(s) "image" not set');
    if (name === undefined || s.dashAt === 0) throw usageError('run', 'NAME is required for run');
    if (flags.bool('expose') && !flags.has('port'))
      throw usageError('run', '--port must be set when exposing a service');
    const [stdin, tty] = [flags.bool('stdin'), flags.bool('tty')];
    const attach = flags.has('attach') ? flags.bool('attach') : stdin;
    if (tty && !stdin) throw usageError('run', '-i/--stdin is required for containers with -t/--tty=true');
    if (flags.bool('rm') && !attach)
      throw usageError('run', '--rm should only be used for attached containers');
    const { dry, suffix } = dryRun(s);
    if (attach && (dry || suffix !== ''))
      throw usageError(
        'run',
        "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or " +
          '--tty)',
      );
    const restart = flags.text('restart') || 'Always';
    if (!['Always', 'OnFailure', 'Never'].includes(restart))
      throw usageError('run', `invalid restart policy: ${restart}`);
    const pullPolicy = flags.text('image-pull-policy');
    if (!['', 'Always', 'IfNotPresent', 'Never'].includes(pullPolicy))
      throw usageError('run', `invalid image pull policy: ${pullPolicy}`);
    const words = s.args.slice(1);
    const port = portOf(flags.text('port')) ?? -1;
    const labels = flags.text('labels') === '' ? { run: name } : labelsGiven(flags.text('labels'));
    const wrong = flags.list('env').find((e) => !e.includes('='));
    if (wrong !== undefined) throw new KubectlError(`invalid env: ${wrong}`);
    const env = flags
      .list('env')
      .map((e) => ({ name: e.split('=')[0]!, value: e.slice(e.indexOf('=') + 1) }));
    const container = {
      name,
      image,
      ...(words.length === 0 ? {} : flags.bool('command') ? { command: words } : { args: words }),
      ...(port >= 0 ? { ports: [{ containerPort: port }] } : {}),
      ...(env.length === 0 ? {} : { env }),
      ...(pullPolicy === '' ? {} : { imagePullPolicy: pullPolicy }),
      ...(flags.bool('privileged') ? { securityContext: { privileged: true } } : {}),
      ...(stdin ? { stdin, stdinOnce: true } : {}),
      ...(tty ? { tty } : {}),
    };
    const annotations = Object.assign({}, ...flags.list('annotations').map(labelsGiven)) as Record<
      string,
      string
    >;
    const pod = overridden(s, {
      metadata: { name, labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
      spec: { containers: [container], restartPolicy: restart },
    });
    // Who is attached sees the container's output, and not what was made for it.
    const made = attach ? { ...s, pieces: [] } : s;
    createObject(made, 'Pod', name, { spec: pod.spec }, undefined, 'created', pod.metadata);
    if (flags.bool('expose'))
      createObject(made, 'Service', name, {
        spec: { selector: labels, ports: [{ port, protocol: 'TCP', targetPort: port }] },
      });
    return attach ? attached(s, name, restart !== 'Always') : 0;
  },
};

export const exposeVerb: Verb = {
  name: 'expose',
  flags: [
    ...FILENAME,
    ...PRINT,
    DRY_RUN,
    flag('port', 'string'),
    flag('target-port', 'string'),
    flag('protocol', 'string'),
    flag('name', 'string'),
    flag('type', 'string'),
    flag('selector', 'string'),
    flag('cluster-ip', 'string'),
    flag('labels', 'string', 'l'),
    flag('session-affinity', 'string'),
    flag('save-config'),
  ],
  run(s) {
    const { flags } = s;
    const { items, errors } = select(
      { ...s, flags: { ...flags, text: (n) => (n === 'selector' ? '' : flags.text(n)) } },
      fileItems(s),
    );
    throwErrors(errors);
    const services = s.cluster.resources.get('Service');
    for (const { info, object } of items) {
      const selects = info.workload?.exposed === true ? info.workload.selector(object) : undefined;
      if (selects === undefined && info.kind !== 'Pod' && info.kind !== 'Service')
        throw new KubectlError(`cannot expose a ${info.resource}`);
      const spec = object.spec as {
        selector?: Record<string, string>;
        template?: { spec: { containers: { ports?: { containerPort: number; protocol?: string }[] }[] } };
        containers?: { ports?: { containerPort: number; protocol?: string }[] }[];
      };
      let selector: Record<string, string>;
      if (flags.text('selector') !== '') selector = labelsOf(flags.text('selector'));
      else if (info.kind === 'Pod') {
        selector = { ...object.metadata.labels };
        if (Object.keys(selector).length === 0)
          throw new KubectlError(
            "couldn't retrieve selectors via --selector flag or introspection: the pod has no labels and " +
              'cannot be exposed',
          );
      } else if (selects === undefined) selector = { ...spec.selector };
      else {
        if ((selects.matchExpressions ?? []).length > 0)
          throw new KubectlError('couldn\'t convert expressions - "..." to map-based selector format');
        selector = { ...(selects.matchLabels as Record<string, string> | undefined) };
      }
      const containers = spec.containers ?? spec.template?.spec.containers ?? [];
      const found = containers.flatMap((c) => c.ports ?? []);
      const given = flags.text('port') === '' ? [] : flags.text('port').split(',').map(exposedPort);
      if (given.length === 0 && found.length === 0)
        throw new KubectlError(
          "couldn't find port via --port flag or introspection\nSee 'kubectl expose -h' for help and " +
            'examples',
        );
      const numbers = given.length > 0 ? given : found.map((p) => p.containerPort);
      const labels = flags.text('labels') === '' ? object.metadata.labels : labelsGiven(flags.text('labels'));
      const target = flags.text('target-port');
      const ports = numbers.map((port, i) => ({
        ...(numbers.length > 1 ? { name: `port-${i + 1}` } : {}),
        protocol: flags.text('protocol') || found[i]?.protocol || 'TCP',
        port,
        targetPort: target === '' ? port : /^\d+$/.test(target) ? Number(target) : target,
      }));
      const name = flags.text('name') || object.metadata.name;
      const service = {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace: s.namespace, ...(labels === undefined ? {} : { labels }) },
        spec: {
          selector,
          ports,
          ...(flags.text('type') === '' ? {} : { type: flags.text('type') }),
          ...(flags.text('cluster-ip') === '' ? {} : { clusterIP: flags.text('cluster-ip') }),
          ...(flags.text('session-affinity') === ''
            ? {}
            : { sessionAffinity: flags.text('session-affinity') }),
        },
      } as unknown as KubeObject;
      const kept = asCreated(s, service);
      const made = dryRun(s).dry ? kept : s.api.create(kept);
      report(s, { info: services, object: made }, 'exposed');
    }
    return 0;
  },
};
