/**
 * ConfigMaps and Secrets. Models ValidateConfigMap and ValidateSecret of
 * pkg/apis/core/validation/validation.go.
 */
import { deepEqual } from '../equal.ts';
import type { ConfigMap, Secret } from '../types.ts';
import { forbidden, invalidValue, problemsAt, required, type Causes } from './field.ts';
import { validateMeta, validateMetaUpdate } from './meta.ts';
import { configKeyProblems, subdomainProblems } from './text.ts';

function validateKeys(data: object | undefined, field: string, out: Causes): void {
  for (const key in data ?? {}) problemsAt(`${field}[${key}]`, key, configKeyProblems(key), out);
}

export function validateConfigMap(config: ConfigMap, out: Causes): void {
  validateMeta(config.metadata, true, subdomainProblems, out);
  for (const key in config.data ?? {}) {
    if (Object.hasOwn(config.binaryData ?? {}, key))
      out.push(invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData'));
  }
  validateKeys(config.data, 'data', out);
  validateKeys(config.binaryData, 'binaryData', out);
}

function immutableData(next: ConfigMap | Secret, old: ConfigMap | Secret, out: Causes): void {
  if (old.immutable !== true) return;
  if (next.immutable !== true) out.push(forbidden('immutable', 'field is immutable when `immutable` is set'));
  if (!deepEqual(next.data ?? {}, old.data ?? {}))
    out.push(forbidden('data', 'field is immutable when `immutable` is set'));
}

export function validateConfigMapUpdate(next: ConfigMap, old: ConfigMap, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  immutableData(next, old, out);
  validateKeys(next.data, 'data', out);
  validateKeys(next.binaryData, 'binaryData', out);
}

export function validateSecret(secret: Secret, out: Causes): void {
  validateMeta(secret.metadata, true, subdomainProblems, out);
  validateKeys(secret.data, 'data', out);
  const needed =
    { 'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'], 'kubernetes.io/tls': ['tls.crt', 'tls.key'] }[
      secret.type ?? ''
    ] ?? [];
  for (const key of needed) if (!Object.hasOwn(secret.data ?? {}, key)) out.push(required(`data[${key}]`));
}

export function validateSecretUpdate(next: Secret, old: Secret, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.type !== old.type) out.push(invalidValue('type', next.type, 'field is immutable'));
  immutableData(next, old, out);
  validateKeys(next.data, 'data', out);
}
