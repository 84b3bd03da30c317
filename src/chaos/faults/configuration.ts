/** What Pods are configured by, changed or gone under them: ConfigMaps and Secrets. */
import { base64 } from '../../sim/api/base64.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import type { ConfigMap, Secret } from '../../sim/api/types.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { misses, type Fault, type FaultCall, type FaultContext, type Struck } from '../types.ts';

type Source = 'ConfigMap' | 'Secret';

/** The object a call names; undefined: there is none. */
function sourceOf(
  kind: Source,
  call: FaultCall,
  ctx: FaultContext,
): { namespace: string; name: string; object: ConfigMap | Secret | undefined } {
  const { namespace, name } = splitName(
    (kind === 'ConfigMap' ? call.configMap : call.secret)!,
    ctx.namespace,
  );
  return { namespace, name, object: ctx.api.find(kind, namespace, name) };
}

/** @throws FaultError when there is none */
function sourceMet(kind: Source, call: FaultCall, ctx: FaultContext) {
  const { namespace, name, object } = sourceOf(kind, call, ctx);
  const words = kind === 'ConfigMap' ? 'config map' : 'secret';
  if (object === undefined) throw misses('notThere', { what: words, name, namespace });
  return { namespace, name, object, words };
}

/** Sets one key. @throws FaultError when there is no such key, or the object is immutable */
function setKey(kind: Source, call: FaultCall, ctx: FaultContext, value: string): Struck {
  const { namespace, name, object, words } = sourceMet(kind, call, ctx);
  const data = (object.data ?? {}) as Record<string, string>;
  const key = call.key ?? Object.keys(data)[0];
  if (key === undefined) throw misses('noKey', { what: words, name });
  if (object.immutable === true) throw misses('isImmutable', { what: words, name });
  ctx.api.patch(kind, namespace, name, 'merge', { data: { [key]: value } });
  return { targets: [`${namespace}/${name}`], undo: { key, before: data[key] ?? null } };
}

function resetKey(kind: Source, call: FaultCall, struck: Struck, ctx: FaultContext, value: string): void {
  const { namespace, name, object } = sourceOf(kind, call, ctx);
  const key = String(struck.undo!['key']);
  if ((object?.data as Record<string, string> | undefined)?.[key] !== value) return;
  ctx.api.patch(kind, namespace, name, 'merge', { data: { [key]: struck.undo!['before'] } });
}

function remove(kind: Source, call: FaultCall, ctx: FaultContext): Struck {
  const { namespace, name, object } = sourceMet(kind, call, ctx);
  ctx.api.delete(kind, namespace, name);
  const { uid: _, resourceVersion: __, creationTimestamp: ___, ...metadata } = object.metadata;
  return { targets: [`${namespace}/${name}`], undo: { before: { ...object, metadata } } };
}

function putBack(kind: Source, call: FaultCall, struck: Struck, ctx: FaultContext): void {
  if (sourceOf(kind, call, ctx).object === undefined) ctx.api.create(struck.undo!['before'] as never);
}

const KEY = { field: 'key', about: 'which of its keys; without, the first' } as const;

export const configMapChanged: Fault = defineFault({
  kind: 'ConfigMapChanged',
  family: 'change',
  needs: 'api',
  target: 'configMap',
  stacks: 'values',
  about:
    'A key of a ConfigMap gets another value: volumes show it within a minute and a half, ' +
    'variables and subPath mounts never, unless the container is started anew.',
  heals: 'The value from before is put back, unless somebody has changed it since.',
  parameters: [
    KEY,
    { field: 'content', default: 'changed', among: ['changed', 'again'], about: 'its new value' },
  ],
  phrases: [
    say(
      'key [key] of config map {string:configMap} becomes [content][forMs]',
      '[forMs]ConfigMap{string:configMap}のキー[key]を[content]に変える',
    ),
  ],
  strike: (call, ctx) => setKey('ConfigMap', call, ctx, valueOf(configMapChanged, call, 'content')),
  heal: (call, struck, ctx) =>
    resetKey('ConfigMap', call, struck, ctx, valueOf(configMapChanged, call, 'content')),
});

export const configMapDeleted: Fault = defineFault({
  kind: 'ConfigMapDeleted',
  family: 'change',
  needs: 'api',
  target: 'configMap',
  about:
    'A ConfigMap is deleted: containers that run keep what they have; those that are to ' +
    'begin wait (CreateContainerConfigError, FailedMount).',
  heals: 'It is made anew with what it had, unless somebody has made it since.',
  phrases: [
    say('config map {string:configMap} is missing[forMs]', '[forMs]ConfigMap{string:configMap}が失われる'),
  ],
  strike: (call, ctx) => remove('ConfigMap', call, ctx),
  heal: (call, struck, ctx) => putBack('ConfigMap', call, struck, ctx),
});

export const secretRotated: Fault = defineFault({
  kind: 'SecretRotated',
  family: 'change',
  needs: 'api',
  target: 'secret',
  stacks: 'values',
  about:
    'A key of a Secret gets another value, as a rotation of passwords does: Pods that were ' +
    'told it by a variable go on with the old one.',
  heals: 'The value from before is put back, unless somebody has changed it since.',
  parameters: [
    KEY,
    { field: 'content', default: 'rotated', among: ['rotated', 'again'], about: 'its new value, plain' },
  ],
  phrases: [
    say(
      'key [key] of secret {string:secret} is rotated to [content][forMs]',
      '[forMs]Secret{string:secret}のキー[key]を[content]に更新する',
    ),
  ],
  strike: (call, ctx) => setKey('Secret', call, ctx, base64(valueOf(secretRotated, call, 'content'))),
  heal: (call, struck, ctx) =>
    resetKey('Secret', call, struck, ctx, base64(valueOf(secretRotated, call, 'content'))),
});

export const secretDeleted: Fault = defineFault({
  kind: 'SecretDeleted',
  family: 'change',
  needs: 'api',
  target: 'secret',
  about: 'A Secret is deleted: containers that run keep what they have; those that are to begin wait.',
  heals: 'It is made anew with what it had, unless somebody has made it since.',
  phrases: [say('secret {string:secret} is missing[forMs]', '[forMs]Secret{string:secret}が失われる')],
  strike: (call, ctx) => remove('Secret', call, ctx),
  heal: (call, struck, ctx) => putBack('Secret', call, struck, ctx),
});
