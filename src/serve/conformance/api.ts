/** How a case asks a served cluster, and what most cases do with a kind. */
import { expect } from 'vitest';
import { filesOf } from '../../dsl/filesof.ts';
import type { Operation } from '../../dsl/operations/operation.ts';
import { runKubectl } from '../../kubectl/run.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { Served } from '../served.ts';
import { ask, type Ask, type Body, eventsOf, flowOf } from '../testing.ts';

/** A case of upstream's, in our own words: it throws where the served cluster does not do as it says. */
export type Case = (api: Api) => void;

/** Cases by what is described, and what of it, as the names of upstream's tests have them without tags. */
export type Cases = Readonly<Record<string, Readonly<Record<string, Case>>>>;

const START: readonly Operation[] = [
  { op: 'cluster', nodes: 3 },
  { op: 'pass', durationMs: 5000 },
];

const PATCHES = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

/** `/apis/apps/v1/namespaces/default/deployments` */
export const at = (groupVersion: string, plural: string, namespace?: string): string => {
  const root = groupVersion.includes('/') ? `/apis/${groupVersion}` : `/api/${groupVersion}`;
  return namespace === undefined ? `${root}/${plural}` : `${root}/namespaces/${namespace}/${plural}`;
};

/** Longest that something is waited for, in virtual time. */
const PATIENCE_MS: Millis = 600_000;

export class Api {
  readonly served: Served = Served.begin({ seed: '1', start: START, files: filesOf({}) });

  send(method: string, path: string, body?: unknown, how: Ask = {}): { status: number; body: Body } {
    return ask(this.served, method, path, body, how);
  }

  /** The answer's body. @throws where the request is refused */
  ok(method: string, path: string, body?: unknown, how?: Ask): Body {
    const answer = this.send(method, path, body, how);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  get = (path: string): Body => this.ok('GET', path);
  create = (path: string, object: object): Body => this.ok('POST', path, object);
  update = (path: string, object: object): Body => this.ok('PUT', path, object);
  delete = (path: string, options?: object): Body => this.ok('DELETE', path, options);

  patch(path: string, patch: object, type: keyof typeof PATCHES = 'merge'): Body {
    return this.ok('PATCH', path, patch, { type: PATCHES[type] });
  }

  /** What is answered to a request that is to be refused: its message. */
  refused(status: number, method: string, path: string, body?: unknown, how?: Ask): string {
    const answer = this.send(method, path, body, how);
    if (answer.status !== status)
      throw new Error(
        `${method} ${path}: ${answer.status} in place of ${status}: ${JSON.stringify(answer.body)}`,
      );
    return answer.body.message;
  }

  items = (path: string): Body[] => this.get(path).items;

  pass(ms: Millis): void {
    this.served.pass(ms);
  }

  /** Waits until something holds. @returns what was seen then */
  until<T>(see: () => T, holds: (seen: T) => boolean, patienceMs = PATIENCE_MS): T {
    const limit = this.served.now + patienceMs;
    for (;;) {
      const seen = see();
      if (holds(seen)) return seen;
      if (this.served.now >= limit) throw new Error(`in vain: ${JSON.stringify(seen).slice(0, 2000)}`);
      this.pass(1000);
    }
  }

  /** The types and names that a watch tells of what is done. */
  watched(path: string, act: () => void): string[] {
    const { resourceVersion } = this.get(path.replace(/\?.*/, '')).metadata;
    const flow = flowOf(
      this.served,
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}watch=true&resourceVersion=${resourceVersion}`,
    );
    act();
    return eventsOf(flow).map(({ type, object }) => `${type} ${object.metadata.name}`);
  }

  /** What our kubectl prints. @param line words, or a text of words without spaces in them */
  kubectl(line: string | readonly string[]): string {
    const words = typeof line === 'string' ? line.split(' ') : [...line];
    return runKubectl(this.served.cluster, words, { readFile: () => '', stdin: '', places: false }).output;
  }

  /** A Pod that runs a command in busybox, once it has ended; its output. */
  printed(name: string, script: string, spec: object = {}, container: object = {}): string {
    this.create(at('v1', 'pods', 'default'), podOf(name, { script, spec, container }));
    this.ended(name);
    return this.get(`${at('v1', 'pods', 'default')}/${name}/log`);
  }

  ended(name: string): Body {
    return this.until(
      () => this.get(`${at('v1', 'pods', 'default')}/${name}`),
      ({ status }) => status.phase === 'Succeeded' || status.phase === 'Failed',
    );
  }

  running(name: string): Body {
    return this.until(
      () => this.get(`${at('v1', 'pods', 'default')}/${name}`),
      ({ status }) => status.containerStatuses?.every((c: Body) => c.ready) === true,
    );
  }
}

interface PodParts {
  /** Of a shell; absent: it runs on. */
  readonly script?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec?: object;
  readonly container?: object;
}

export const AGNHOST = 'registry.k8s.io/e2e-test-images/agnhost:2.53';

export const podOf = (
  name: string,
  { script, labels = { name }, spec = {}, container = {} }: PodParts = {},
) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: {
    ...(script === undefined ? {} : { restartPolicy: 'Never' }),
    containers: [
      {
        name: 'c',
        ...(script === undefined
          ? { image: AGNHOST, args: ['pause'] }
          : { image: 'busybox', command: ['sh', '-c', script] }),
        ...container,
      },
    ],
    ...spec,
  },
});

interface Operations {
  readonly groupVersion: string;
  readonly plural: string;
  /** Absent: of the cluster. */
  readonly namespace?: string;
  /** Without its name. */
  readonly object: object;
  /** What its status is given. */
  readonly status?: object;
  /** Its name may be no other than this: what is made is one object. */
  readonly names?: readonly string[];
}

/**
 * What upstream's tests of a kind's API do: discovery, create, get, list, watch, patch, update, status,
 * delete, deletecollection.
 */
export function operations(api: Api, kind: Operations): void {
  const { groupVersion, plural, namespace, object, status, names = ['one', 'two', 'three'] } = kind;
  const path = at(groupVersion, plural, namespace);
  const labels = { 'e2e-of': plural };
  const selected = `${path}?labelSelector=e2e-of%3D${plural}`;
  const root = at(groupVersion, '').replace(/\/$/, '');
  expect(api.get(root).resources.map((r: Body) => r.name)).toContain(plural);
  for (const name of names) api.create(path, { ...object, metadata: { name, labels } });
  const [first = ''] = names;
  const one = `${path}/${first}`;
  expect(api.get(one).metadata).toMatchObject({ name: first, labels });
  expect(api.items(selected)).toHaveLength(names.length);
  if (namespace !== undefined)
    expect(api.items(`${at(groupVersion, plural)}?labelSelector=e2e-of%3D${plural}`)).toHaveLength(
      names.length,
    );
  const told = api.watched(selected, () => {
    expect(
      api.patch(one, { metadata: { annotations: { patched: 'true' } } }).metadata.annotations,
    ).toMatchObject({ patched: 'true' });
    const now = api.get(one);
    const annotations = { ...now.metadata.annotations, updated: 'true' };
    const next = api.update(one, { ...now, metadata: { ...now.metadata, annotations } });
    expect(next.metadata.annotations).toMatchObject({ patched: 'true', updated: 'true' });
    api.refused(409, 'PUT', one, { ...now, metadata: { ...now.metadata, annotations: { late: 'true' } } });
  });
  expect(told).toEqual([`MODIFIED ${first}`, `MODIFIED ${first}`]);
  if (status !== undefined) statusOperations(api, one, status);
  api.delete(one);
  api.until(
    () => api.send('GET', one).status,
    (code) => code === 404,
  );
  api.delete(selected);
  api.until(
    () => api.items(selected),
    (items) => items.length === 0,
  );
}

/** Reads, patches and replaces a status. */
export function statusOperations(api: Api, path: string, status: object): void {
  const part = `${path}/status`;
  expect(api.get(part).metadata.name).toBe(path.slice(path.lastIndexOf('/') + 1));
  const patched = api.patch(part, { metadata: { annotations: { ofstatus: 'patched' } }, status });
  expect(patched).toMatchObject({ status });
  const now = api.get(part);
  expect(api.update(part, { ...now, status: { ...now.status, ...status } })).toMatchObject({ status });
  expect(api.get(path)).toMatchObject({ status });
}
