/** Bodies that kubectl sent, and the objects that the same commands printed as JSON. */
import { expect, it } from 'vitest';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import { checkSchema } from '../../sim/api/schema/check.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { Cluster } from '../../sim/cluster.ts';
import { decodeProtobuf } from './decode.ts';
import { RECORDED } from './testing.ts';

/** Without fields that are null: to Go, and so to the API server, they are absent. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, v]) => v !== null);
  return Object.fromEntries(kept.map(([name, v]) => [name, withoutNulls(v)]));
}

/** What a server keeps of an object, or why it keeps none. */
function createdOf(decoded: object): unknown {
  const { metadata, ...object } = decoded as KubeObject;
  const { namespaced } = BUILT_IN.of(object)!;
  const placed = { ...metadata, namespace: namespaced ? 'default' : undefined, resourceVersion: undefined };
  try {
    return Cluster.create({ seed: 1, nodes: [] })
      .client()
      .create({ ...object, metadata: placed });
  } catch (error) {
    return error;
  }
}

it.each(RECORDED)('$command', ({ body, object }) => {
  const decoded = decodeProtobuf(body);
  expect(withoutNulls(decoded)).toEqual(object);
  expect(checkSchema(decoded)).toEqual([]);
});

const kept = RECORDED.filter(({ object }) => BUILT_IN.served(object.apiVersion, object.kind) !== undefined);

it.each(kept)('$command comes to the same as its JSON', ({ body, object }) => {
  expect(createdOf(decodeProtobuf(body))).toEqual(createdOf(object));
});
