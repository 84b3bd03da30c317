/**
 * Does what programs do through the API (`ApiWork`), as their pods' service accounts. Passwords come from the
 * machine's random stream; certificates have the form of certificates and are nobody's.
 */
import { base64 } from '../api/base64.ts';
import type { Context, Draft } from '../api/client.ts';
import { userInfoOf } from '../api/authentication/user.ts';
import { ApiError, isAlreadyExists, isNotFound } from '../api/errors.ts';
import type { KubeObject, OwnerReference, Secret } from '../api/types.ts';
import type { ApiWork, GiveCaBundle, MadeUp, MakeSecret } from './apiwork.ts';
import { exitContainer } from './exit.ts';
import { hexDigits } from './images.ts';
import { log } from './script.ts';
import type { Machine, RuntimeContainer, World } from './world.ts';

/** Of k8s.io/apiserver's pkg/server/options/authentication.go (lookupMissingConfigInCluster). */
const AUTHENTICATION = {
  verb: 'get',
  group: '',
  resource: 'configmaps',
  subresource: '',
  namespace: 'kube-system',
  name: 'extension-apiserver-authentication',
} as const;
const UNREADABLE =
  'Unable to get configmap/extension-apiserver-authentication in kube-system.  Usually fixed by ' +
  "'kubectl create rolebinding -n kube-system ROLEBINDING_NAME " +
  "--role=extension-apiserver-authentication-reader --serviceaccount=YOUR_NS:YOUR_SA'";
const KLOG_FATAL = 255;

/** What a program gives up with. */
class Failure extends Error {}

type Ctx = Context<World>;

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-';
const PASSWORD_LENGTH = 16;

function madeUp(what: MadeUp, ctx: Ctx): string {
  if (what === 'password')
    return Array.from({ length: PASSWORD_LENGTH }, () => LETTERS[ctx.randomInt(LETTERS.length)]).join('');
  const title = what === 'certificate' ? 'CERTIFICATE' : 'EC PRIVATE KEY';
  const content = base64(hexDigits(what, ctx.randomInt(2 ** 31), 48));
  return `-----BEGIN ${title}-----\n${content}\n-----END ${title}-----\n`;
}

function referenceTo(ctx: Ctx, namespace: string, deployment: string): OwnerReference {
  const { apiVersion, kind, metadata } = ctx.api.get('Deployment', namespace, deployment);
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid };
}

function makeSecret(work: MakeSecret, container: RuntimeContainer, ctx: Ctx): string {
  const { name, keys, needs, owner, namespace = container.podNamespace } = work;
  const data = Object.fromEntries(
    Object.entries(keys).map(([key, what]) => [key, base64(madeUp(what, ctx))] as const),
  );
  const secret: Draft<Secret> = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace,
      ...(owner === undefined ? {} : { ownerReferences: [referenceTo(ctx, namespace, owner)] }),
    },
    type: 'Opaque',
    data,
  };
  try {
    ctx.api.create(secret);
    return `created secret ${namespace}/${name}`;
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
  }
  const { data: there = {} } = ctx.api.get('Secret', namespace, name);
  if (needs !== undefined && there[needs] === undefined)
    throw new Failure(`secret ${namespace}/${name} is there, and has no key "${needs}"`);
  return `secret ${namespace}/${name} is there already`;
}

interface Webhooks {
  readonly webhooks?: readonly { readonly clientConfig: object }[];
}

/** An object that calls others, with the certificate by which it knows them. */
function withBundle(object: KubeObject, caBundle: string, failurePolicy: 'Fail' | undefined): KubeObject {
  if (object.kind === 'APIService') {
    const { spec } = object as KubeObject & { readonly spec: object };
    return { ...object, spec: { ...spec, caBundle, insecureSkipTLSVerify: false } } as KubeObject;
  }
  const { webhooks = [] } = object as KubeObject & Webhooks;
  return {
    ...object,
    webhooks: webhooks.map((webhook) => ({
      ...webhook,
      clientConfig: { ...webhook.clientConfig, caBundle },
      ...(failurePolicy === undefined ? {} : { failurePolicy }),
    })),
  } as KubeObject;
}

function giveCaBundle({ secret, to, failurePolicy }: GiveCaBundle, ctx: Ctx): string {
  const { namespace, name, key } = secret;
  let data: Readonly<Record<string, string>>;
  try {
    ({ data = {} } = ctx.api.get('Secret', namespace, name));
  } catch (error) {
    throw isNotFound(error) ? new Failure(`no secret with '${name}' in '${namespace}'`) : error;
  }
  const bundle = data[key];
  if (bundle === undefined) throw new Failure(`secret ${namespace}/${name} has no key "${key}"`);
  for (const { kind, name: target } of to) {
    const object = ctx.api.get(kind, '', target) as KubeObject;
    ctx.api.update(withBundle(object, bundle, failurePolicy));
  }
  const given = to.map((target) => `${target.kind} ${target.name}`).join(', ');
  return `gave the certificate of secret ${namespace}/${name} to ${given}`;
}

/**
 * Does the work of a container's program, which ends then, unless it goes on: with 1, having said why, where
 * it fails.
 */
export function doApiWork(ctx: Ctx, machine: Machine, container: RuntimeContainer, work: ApiWork): void {
  const { podNamespace: namespace, podName, account } = container;
  const end = (line: string, code: number): void => {
    log(ctx, container, line);
    exitContainer(ctx, machine, container, code, code === 0 ? 'Completed' : 'Error');
  };
  if (account === undefined)
    return end('no token: /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory', 1);
  if (ctx.world.network.cutOff.has(machine.name) || ctx.world.network.isolated.has(machine.name))
    return end('dial tcp 10.96.0.1:443: i/o timeout', 1);
  const user = `system:serviceaccount:${namespace}:${account}`;
  const asItself = ctx.as(`pod ${namespace}/${podName}`, undefined, { user });
  try {
    if (work.does === 'giveCaBundle') return end(giveCaBundle(work, asItself), 0);
    if (work.does === 'readAuthentication') {
      const { groups } = userInfoOf(asItself.by);
      return ctx.as(asItself.by.actor, undefined, { user, groups }).api.visit(AUTHENTICATION);
    }
    const made = makeSecret(work, container, asItself);
    if (work.goesOn === true) log(ctx, container, made);
    else end(made, 0);
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof Failure)) throw error;
    if (work.does === 'readAuthentication') {
      log(ctx, container, UNREADABLE);
      end(error.message, KLOG_FATAL);
    } else end(error.message, 1);
  }
}
