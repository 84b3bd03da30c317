/**
 * How the API server reaches a server behind an APIService. Models
 * staging/src/k8s.io/kube-aggregator/pkg/apiserver/handler_proxy.go: the Service is asked at its cluster
 * IP.
 */
import { namespaceLifecycle } from '../../api/admission/namespacelifecycle.ts';
import type { AdmissionPlugin, AdmissionView } from '../../api/admission/types.ts';
import { LETS_THROUGH } from '../../api/admission/dynamic/webhookcall.ts';
import { accountUser } from '../../api/authentication/user.ts';
import { ResourceRegistry } from '../../api/resources/registry.ts';
import {
  ApiServer,
  emptyServer,
  type ExtensionCall,
  type ExtensionReply,
  type StoreChange,
} from '../../api/server.ts';
import { fromBase64 } from '../../api/base64.ts';
import { keyOf, putObject } from '../../api/store.ts';
import { maySign } from './certificates.ts';
import type { ClusterConfig } from '../../config.ts';
import type { ApiChange } from '../../kernel/history.ts';
import type { By, Millis } from '../../kernel/types.ts';
import { sandboxesNamed } from '../../node/addresses.ts';
import { programOf } from '../../node/images.ts';
import {
  containersOf,
  type ImageBehaviour,
  type KeptObjects,
  type RuntimeContainer,
  type World,
} from '../../node/world.ts';
import { request } from '../request.ts';
import type { NetworkEnv } from '../types.ts';
import { reached } from '../webhooks.ts';
import { banFlunder, wardleDefinitions } from './wardle.ts';

/** Of the aggregator's clients. */
const TIMEOUT_MS: Millis = 60_000;
/** Writes of which watches may be told yet. */
const WRITES_KEPT = 1000;
const UNTRUSTED = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
const NOTHING: KeptObjects = { revision: 1, objects: [], writes: [] };

type Road = NetworkEnv & { readonly draw: () => number };

const SERVICE_NAME = 'kubernetes.io/service-name';

/** The Pods that a Service sends to, ready or not: `namespace/name`. */
const podsBehind = (view: AdmissionView, namespace: string, name: string): string[] =>
  [...view.list('EndpointSlice', namespace)]
    .filter(({ metadata }) => metadata.labels?.[SERVICE_NAME] === name)
    .flatMap(({ endpoints }) => endpoints ?? [])
    .flatMap(({ targetRef }) => (targetRef?.kind === 'Pod' ? [`${namespace}/${targetRef.name}`] : []));

/** The running container of a Pod whose program has a trait. @param pod `namespace/name` */
function programIn<K extends 'extends' | 'keepsObjects'>(
  world: World,
  pod: string | undefined,
  trait: K,
  states: readonly RuntimeContainer['state'][] = ['running'],
): { readonly container: RuntimeContainer; readonly is: NonNullable<ImageBehaviour[K]> } | undefined {
  const [namespace = '', name = ''] = pod?.split('/') ?? [];
  for (const { machine, sandbox } of sandboxesNamed(world, namespace, name))
    for (const container of containersOf(machine, sandbox.podUid)) {
      const is = programOf(world, container)[trait];
      if (is !== undefined && states.includes(container.state)) return { container, is };
    }
  return undefined;
}

function changeOf(
  { definition, before, after, last, revision }: StoreChange,
  by: By,
  id: number,
  at: Millis,
): ApiChange {
  const { resource, kind } = definition;
  const { namespace = '', name } = last.metadata;
  const { actor, cause } = by;
  return { id, at, by: actor, cause, type: 'api', resource, kind, namespace, name, revision, before, after };
}

/** NamespaceLifecycle of a server that knows of namespaces what the cluster's API says. */
const lifecycleBy = (view: AdmissionView): AdmissionPlugin => ({
  name: namespaceLifecycle.name,
  validate: (object, asked) => namespaceLifecycle.validate!(object, { ...asked, view }),
});

/** The server over what its etcd has, to which its writes go. */
function serverOver(
  etcd: RuntimeContainer,
  env: Road,
  config: ClusterConfig,
  view: AdmissionView,
): ApiServer {
  const { revision, objects } = etcd.remembers?.kept ?? NOTHING;
  const resources = new ResourceRegistry(wardleDefinitions());
  const state = emptyServer(resources);
  state.store.revision = revision;
  for (const object of objects) {
    const { namespace = '', name } = object.metadata;
    const table = state.store.tables.get(resources.of(object)!.resource)!;
    putObject(table, keyOf(namespace, name), object);
  }
  const changed = (change: StoreChange, by: By): number => {
    const { writes } = etcd.remembers?.kept ?? NOTHING;
    const id = (writes.at(-1)?.id ?? 0) + 1;
    const kept: KeptObjects = Object.freeze({
      revision: change.revision,
      objects: [...state.store.tables.peek().values()].flatMap(({ all }) => [...all.values()]),
      writes: [...writes.slice(1 - WRITES_KEPT), changeOf(change, by, id, env.now)],
    });
    etcd.remembers = { ...etcd.remembers, kept };
    return by.cause;
  };
  return new ApiServer(state, {
    config,
    resources,
    admission: [lifecycleBy(view), banFlunder()],
    now: () => env.now,
    random: env.draw,
    randomAside: env.draw,
    changed,
    endowed: () => {},
    expireAt: () => {},
    callWebhook: () => LETS_THROUGH,
    isMeasuring: () => false,
    callConverter: () => undefined,
    reachExtension: () => undefined,
  });
}

/** The etcd that a server in a Pod asks; a text: why none. */
function etcdOf(env: Road, pod: string, url: string): RuntimeContainer | string {
  const [namespace = '', name = ''] = pod.split('/');
  const { host } = new URL(url);
  const outcome = request(env, { namespace, pod: name }, `http://${host}/health`);
  const found =
    outcome.kind === 'answered' ? programIn(env.world, outcome.pod ?? pod, 'keepsObjects') : undefined;
  return (
    found?.container ??
    'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: ' +
      `dial tcp ${host}: connect: connection refused"`
  );
}

/** Asks behind an APIService. Nothing of the cluster changes by that. */
export function reachExtension(
  env: Road,
  config: ClusterConfig,
  { apiService, view }: ExtensionCall,
): ExtensionReply {
  const { metadata, spec } = apiService;
  const { namespace = '', name = '', port = 443 } = spec.service!;
  if (view.find('Service', namespace, name) === undefined) return undefined;
  const pods = podsBehind(view, namespace, name);
  if (pods.length === 0) return { failed: `no endpoints available for service ${JSON.stringify(name)}` };
  if (
    pods.every((pod) => programIn(env.world, pod, 'extends', ['created', 'running', 'exited']) === undefined)
  )
    return undefined;
  const client = { service: { namespace, name, port, path: `/apis/${spec.group}/${spec.version}` } };
  const way = reached(env, { name: metadata.name, client, timeoutMs: TIMEOUT_MS, view });
  if ('failed' in way) return way;
  if ('answered' in way) return { failed: way.answered };
  const found = programIn(env.world, way.pod, 'extends');
  if (found === undefined) return undefined;
  const { container, is } = found;
  const isTrusted =
    spec.insecureSkipTLSVerify === true ||
    (Boolean(spec.caBundle) && is.certificate !== '' && maySign(is.certificate, fromBase64(spec.caBundle!)));
  if (!isTrusted) return { failed: UNTRUSTED };
  const etcd = etcdOf(env, way.pod!, is.etcd);
  if (typeof etcd === 'string') return { failed: etcd };
  const { podNamespace, account } = container;
  return {
    server: serverOver(etcd, env, config, view),
    writes: etcd.remembers?.kept?.writes ?? [],
    account: account === undefined ? undefined : accountUser(podNamespace, account),
  };
}
