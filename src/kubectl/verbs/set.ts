/**
 * `kubectl set image`, `resources`, `env`, `serviceaccount`, `selector`, `subject`. Source:
 * staging/src/k8s.io/kubectl/pkg/cmd/set.
 */
import { deepEqual } from '../../sim/api/equal.ts';
import { ApiError } from '../../sim/api/errors.ts';
import { twoWayPatch } from '../../sim/api/merge/index.ts';
import { schemaOf } from '../../sim/api/resources/definition.ts';
import { isQuantity } from '../../sim/api/quantity.ts';
import { parseLabelSelector } from '../../sim/api/selector.ts';
import type { Container, KubeObject, PodSpec } from '../../sim/api/types.ts';
import { errorText, KubectlError } from '../errors.ts';
import { fileItems } from '../files.ts';
import { ALL, DRY_RUN, FILENAME, flag, PRINT, RECORD, SELECTOR } from '../flags.ts';
import { select, throwErrors } from '../resources.ts';
import type { Item } from '../resources.ts';
import { tellWritten, writeOut } from '../session.ts';
import type { Session, Verb } from '../session.ts';
import { dryRun, report, withCause } from './apply.ts';

const COMMON = [...FILENAME, SELECTOR, ALL, ...PRINT, DRY_RUN];

const CONTAINERS = flag('containers', 'string', 'c');

interface CronJobSpec {
  readonly jobTemplate: { readonly spec: { readonly template: { readonly spec: PodSpec } } };
}

/**
 * The object with its pod spec changed; kinds without one are refused. Source: UpdatePodSpecForObject in
 * pkg/polymorphichelpers/updatepodspec.go.
 */
function withPodSpec(item: Item, change: (spec: PodSpec) => PodSpec): KubeObject {
  const { object } = item;
  if (object.kind === 'Pod') return { ...object, spec: change(object.spec as PodSpec) };
  if (object.kind === 'CronJob') {
    const { jobTemplate, ...rest } = object.spec as unknown as CronJobSpec;
    const { template } = jobTemplate.spec;
    const changed = { ...template, spec: change(template.spec) };
    return {
      ...object,
      spec: { ...rest, jobTemplate: { ...jobTemplate, spec: { ...jobTemplate.spec, template: changed } } },
    };
  }
  const spec = object.spec as { template?: { spec?: PodSpec } } | undefined;
  if (spec?.template?.spec === undefined)
    throw new KubectlError(`the object is not a pod or does not have a pod template: ${item.info.kind}`);
  return { ...object, spec: { ...spec, template: { ...spec.template, spec: change(spec.template.spec) } } };
}

/** Of a kind without one nothing is listed. */
function podSpecOf(object: KubeObject): Pick<PodSpec, 'containers'> {
  if (object.kind === 'Pod') return object.spec as PodSpec;
  const spec =
    object.kind === 'CronJob' ? (object.spec as unknown as CronJobSpec).jobTemplate.spec : object.spec;
  return (spec as { template?: { spec?: PodSpec } } | undefined)?.template?.spec ?? { containers: [] };
}

/** Resource arguments, and the `name=value` pairs behind them. */
function splitPairs(
  args: readonly string[],
  isPair: (a: string) => boolean,
): { resources: string[]; pairs: string[] } {
  const at = args.findIndex(isPair);
  if (at < 0) return { resources: [...args], pairs: [] };
  const stray = args.slice(at).find((a) => !isPair(a));
  if (stray !== undefined) throw new KubectlError(`all resources must be specified before changes: ${stray}`);
  return { resources: args.slice(0, at), pairs: args.slice(at) };
}

/** Changes pod specs by patch and says so; objects that stay as they are go unmentioned. */
function change(
  session: Session,
  resources: readonly string[],
  done: string,
  failed: string,
  edit: (spec: PodSpec, errors: unknown[]) => PodSpec,
): number {
  return changeObjects(session, resources, done, failed, (item, errors) =>
    withPodSpec(item, (spec) => edit(spec, errors)),
  );
}

/** Changes objects by patch and says so; those that stay as they are go unmentioned. */
function changeObjects(
  session: Session,
  resources: readonly string[],
  done: string,
  failed: string | undefined,
  edit: (item: Item, errors: unknown[]) => KubeObject,
): number {
  if (resources.length === 0 && !session.flags.has('filename')) {
    throw new KubectlError(
      'one or more resources must be specified as <resource> <name> or <resource>/<name>',
    );
  }
  const selection = select(session, { args: resources, ...fileItems(session) });
  throwErrors(selection.errors);
  const errors: unknown[] = [];
  for (const item of selection.items) {
    const { info, object } = item;
    let changed: KubeObject;
    try {
      changed = withCause(session, edit(item, errors));
    } catch (error) {
      if (failed === undefined) throw error;
      errors.push(new KubectlError(`error: ${info.plural}/${object.metadata.name} ${errorText(error)}\n`));
      continue;
    }
    const patch = twoWayPatch(schemaOf(info), object, changed);
    if (patch === undefined) continue;
    if (dryRun(session).dry) {
      report(session, { info, object: changed }, done);
      continue;
    }
    try {
      const actual = session.api.patch(
        info.resource,
        object.metadata.namespace ?? '',
        object.metadata.name,
        'strategic',
        patch,
      );
      tellWritten(session, info, patch);
      report(session, { info, object: actual }, done);
    } catch (error) {
      if (!(error instanceof ApiError) || failed === undefined) throw error;
      errors.push(new KubectlError(`${failed}: ${error.message}`));
    }
  }
  throwErrors(errors);
  return 0;
}

export const setImage: Verb = {
  name: 'set image',
  flags: [...COMMON, RECORD],
  run(session) {
    const { resources, pairs } = splitPairs(session.args, (a) => a.includes('='));
    if (pairs.length === 0) throw new KubectlError('at least one image update is required');
    const images = pairs.map((p) => {
      const eq = p.indexOf('=');
      if (eq === 0 || eq === p.length - 1) throw new KubectlError(`invalid image format: ${p}`);
      return { name: p.slice(0, eq), image: p.slice(eq + 1) };
    });
    if (images.length > 1 && images.some((i) => i.name === '*')) {
      throw new KubectlError(
        'all containers are already specified by *, but saw more than one container_name=container_image ' +
          'pairs',
      );
    }
    return change(
      session,
      resources,
      'image updated',
      'failed to patch image update to pod template',
      (spec, errors) => {
        let result = spec;
        for (const { name, image } of images) {
          const set = (c: Container): Container => (name === '*' || c.name === name ? { ...c, image } : c);
          const all = [...result.containers, ...(result.initContainers ?? [])];
          if (!all.some((c) => name === '*' || c.name === name))
            errors.push(new KubectlError(`error: unable to find container named "${name}"`));
          result = {
            ...result,
            containers: result.containers.map(set),
            ...(result.initContainers === undefined
              ? {}
              : { initContainers: result.initContainers.map(set) }),
          };
        }
        return result;
      },
    );
  },
};

/** `cpu=100m,memory=1Gi`; 0 takes an amount away. */
function parseAmounts(text: string): Record<string, string> {
  const amounts: Record<string, string> = {};
  for (const part of text.split(',').filter((p) => p !== '')) {
    const [name, value, ...rest] = part.split('=');
    if (value === undefined || rest.length > 0)
      throw new KubectlError(`invalid argument syntax ${text}, expected <resource>=<value>`);
    if (!isQuantity(value))
      throw new KubectlError(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      );
    amounts[name!] = value;
  }
  return amounts;
}

/** `*`, or a name; `*` may stand for any part of a name. */
function selected(name: string, pattern: string): boolean {
  const escaped = pattern
    .split('*')
    .map((p) => p.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${escaped}$`).test(name);
}

export const setResources: Verb = {
  name: 'set resources',
  flags: [...COMMON, RECORD, CONTAINERS, flag('limits', 'string'), flag('requests', 'string')],
  run(session) {
    const { flags } = session;
    const limits = parseAmounts(flags.text('limits'));
    const requests = parseAmounts(flags.text('requests'));
    if (!flags.has('limits') && !flags.has('requests')) {
      throw new KubectlError(
        'you must specify an update to requests or limits (in the form of --requests/--limits)',
      );
    }
    const pattern = flags.text('containers') || '*';
    const merged = (old: unknown, changes: Record<string, string>): Record<string, unknown> | undefined => {
      const result = { ...(old as Record<string, unknown> | undefined) };
      for (const [name, value] of Object.entries(changes)) {
        if (/^0+$/.test(value)) delete result[name];
        else result[name] = value;
      }
      return Object.keys(result).length === 0 ? undefined : result;
    };
    return change(
      session,
      session.args,
      'resource requirements updated',
      'failed to patch resources update to pod template',
      (spec, errors) => {
        if (!spec.containers.some((c) => selected(c.name, pattern)))
          errors.push(new KubectlError(`error: unable to find container named ${pattern}`));
        const set = (c: Container): Container => {
          if (!selected(c.name, pattern)) return c;
          const { limits: l, requests: r, ...rest } = c.resources ?? {};
          const [newLimits, newRequests] = [merged(l, limits), merged(r, requests)];
          return {
            ...c,
            resources: {
              ...rest,
              ...(newLimits === undefined ? {} : { limits: newLimits }),
              ...(newRequests === undefined ? {} : { requests: newRequests }),
            } as Container['resources'],
          };
        };
        return { ...spec, containers: spec.containers.map(set) };
      },
    );
  },
};

export const setEnv: Verb = {
  name: 'set env',
  flags: [...COMMON, CONTAINERS, flag('list'), flag('overwrite'), flag('env', 'strings', 'e')],
  run(session) {
    const { flags } = session;
    const isPair = (a: string): boolean =>
      /^[A-Za-z_.-][A-Za-z0-9_.-]*=/.test(a) || (/^[A-Za-z_.][A-Za-z0-9_.-]*-$/.test(a) && !a.includes('/'));
    const first = session.args.findIndex((a, i) => isPair(a) && (i > 0 || a.includes('=')));
    const resources = first < 0 ? session.args : session.args.slice(0, first);
    const pairs = [...(first < 0 ? [] : session.args.slice(first)), ...flags.list('env')];
    const pattern = flags.text('containers') || '*';
    const keeps = flags.has('overwrite') && !flags.bool('overwrite');
    if (flags.bool('list')) {
      for (const { object } of select(session, { args: resources, ...fileItems(session) }).items) {
        const spec = podSpecOf(object);
        for (const c of spec.containers.filter((x) => selected(x.name, pattern))) {
          writeOut(session, `# ${object.kind} ${object.metadata.name}, container ${c.name}\n`);
          for (const e of c.env ?? [])
            writeOut(
              session,
              e.valueFrom
                ? `# ${e.name} from ${Object.keys(e.valueFrom)[0]}\n`
                : `${e.name}=${e.value ?? ''}\n`,
            );
        }
      }
      return 0;
    }
    if (pairs.length === 0) throw new KubectlError('at least one environment variable must be provided');
    return change(
      session,
      resources,
      'env updated',
      'failed to patch env update to pod template',
      (spec) => ({
        ...spec,
        containers: spec.containers.map((c) => {
          if (!selected(c.name, pattern)) return c;
          let env = [...(c.env ?? [])];
          for (const pair of pairs) {
            const eq = pair.indexOf('=');
            if (eq < 0) {
              env = env.filter((e) => e.name !== pair.slice(0, -1));
              continue;
            }
            const [name, value] = [pair.slice(0, eq), pair.slice(eq + 1)];
            const at = env.findIndex((e) => e.name === name);
            if (at >= 0 && keeps)
              throw new KubectlError(
                `'${name}' already has a value (${env[at]!.value}), and --overwrite is false`,
              );
            if (at >= 0) env = env.map((e, i) => (i === at ? { name, value } : e));
            else env.push({ name, value });
          }
          const { env: _, ...rest } = c;
          return env.length === 0 ? (rest as Container) : { ...c, env };
        }),
      }),
    );
  },
};

export const setServiceAccount: Verb = {
  name: 'set serviceaccount',
  flags: [...COMMON.filter(({ name }) => name !== 'selector'), RECORD],
  run(session) {
    const serviceAccountName = session.args.at(-1);
    if (serviceAccountName === undefined) throw new KubectlError('serviceaccount is required');
    return change(
      session,
      session.args.slice(0, -1),
      'serviceaccount updated',
      'failed to patch ServiceAccountName',
      (spec) => ({ ...spec, serviceAccountName }),
    );
  },
};

/** As a LabelSelector names operators. */
const OPERATORS: Readonly<Record<string, string>> = {
  in: 'In',
  notin: 'NotIn',
  '!=': 'NotIn',
  exists: 'Exists',
  '!': 'DoesNotExist',
};

/** As Go prints requirements: `[{a In [b]} {c Exists []}]`. */
function expressionsText(requirements: ReturnType<typeof parseLabelSelector>['requirements']): string {
  const texts = requirements.map((r) => `{${r.key} ${OPERATORS[r.operator] ?? ''} [${r.values.join(' ')}]}`);
  return `[${texts.join(' ')}]`;
}

/** `app=web,tier=front`: what a Service selects by. */
function parseEqualities(text: string): Record<string, string> {
  const { requirements } = parseLabelSelector(text);
  const other = requirements.find(({ operator }) => operator !== '=');
  if (other !== undefined) {
    const all = requirements.filter((r) => r.operator !== '=');
    throw new KubectlError(`match expression ${expressionsText(all)} not supported on this object`);
  }
  return Object.fromEntries(requirements.map(({ key, values }) => [key, values[0] ?? '']));
}

export const setSelector: Verb = {
  name: 'set selector',
  flags: [...COMMON.filter(({ name }) => name !== 'selector' && name !== 'kustomize'), RECORD],
  run(session) {
    const given = session.args.at(-1);
    if (given === undefined) throw new KubectlError('one selector is required');
    const selector = parseEqualities(given);
    return changeObjects(session, session.args.slice(0, -1), 'selector updated', undefined, ({ object }) => {
      if (object.kind !== 'Service')
        throw new KubectlError('setting a selector is only supported for Services');
      return { ...object, spec: { ...(object.spec as object), selector } } as KubeObject;
    });
  },
};

export const setSubject: Verb = {
  name: 'set subject',
  flags: [...COMMON, flag('user', 'strings'), flag('group', 'strings'), flag('serviceaccount', 'strings')],
  run(session) {
    const { flags } = session;
    const distinct = (name: string): string[] => [...new Set(flags.list(name))].sort();
    const [users, groups, accounts] = [distinct('user'), distinct('group'), distinct('serviceaccount')];
    if (users.length + groups.length + accounts.length === 0)
      throw new KubectlError('you must specify at least one value of user, group or serviceaccount');
    const apiGroup = 'rbac.authorization.k8s.io';
    const subjects = [
      ...users.map((name) => ({ kind: 'User', apiGroup, name })),
      ...groups.map((name) => ({ kind: 'Group', apiGroup, name })),
      ...accounts.map((account) => {
        const [namespace, name, ...more] = account.split(':');
        if (!name || more.length > 0) throw new KubectlError('serviceaccount must be <namespace>:<name>');
        return { kind: 'ServiceAccount', namespace: namespace || session.namespace, name };
      }),
    ];
    return changeObjects(
      session,
      session.args,
      'subjects updated',
      'failed to patch subjects to rolebinding',
      ({ object }) => {
        if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding')
          throw new KubectlError('setting subjects is only supported for RoleBinding/ClusterRoleBinding');
        if (object.kind === 'ClusterRoleBinding' && accounts.some((a) => a.startsWith(':')))
          throw new KubectlError('serviceaccount must be <namespace>:<name>, namespace must be specified');
        const before = (object as { subjects?: readonly object[] }).subjects ?? [];
        const added = subjects.filter((s) => !before.some((known) => deepEqual({ ...known }, { ...s })));
        return { ...object, subjects: [...before, ...added] } as KubeObject;
      },
    );
  },
};
