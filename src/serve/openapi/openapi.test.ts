import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../api/http.ts';
import { type Body, ask, requestOf, servedShop } from '../testing.ts';
import { readFields, type WireField } from '../protobuf/wire.ts';
import { bytesField, utf8 } from '../protobuf/write.ts';
import type { Served } from '../served.ts';

const PROTOBUF = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';
const PROTOBUF_ONCE = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

const SPEC = {
  type: 'object',
  description: 'What is wanted',
  required: ['size', 'maybe'],
  properties: {
    size: { type: 'integer', format: 'int32', minimum: 1, maximum: 2.5, exclusiveMaximum: true },
    maybe: { type: 'string', nullable: true },
    open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    parts: { type: 'array', items: { type: 'string', enum: ['a', 'b'], maxLength: 300 }, default: ['a'] },
    labels: { type: 'object', additionalProperties: { type: 'string', pattern: '^x' } },
    port: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
  },
};

const widgets = (spec: object): object => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.shop.example.com' },
  spec: {
    group: 'shop.example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
      },
    ],
  },
});

function servedWidgets(): Served {
  const served = servedShop();
  expect(ask(served, 'POST', CRDS, widgets(SPEC)).status).toBe(201);
  served.pass(5000);
  return served;
}

const swaggerOf = (served: Served): Body => ask(served, 'GET', '/openapi/v2').body;

/** Every reference in a document, wherever it stands. */
function* referencesIn(value: unknown): IterableIterator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, of] of Object.entries(value))
    if (name === '$ref' && typeof of === 'string') yield of;
    else yield* referencesIn(of);
}

// A reader of its own, of the fields that gnostic-models' openapiv2/OpenAPIv2.proto numbers.
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const fieldsIn = (bytes: Uint8Array): WireField[] => [...readFields(bytes, 'Document')];
const one = (bytes: Uint8Array, number: number): Uint8Array =>
  fieldsIn(bytes).find((f) => f.number === number)!.bytes;
const anyIn = (bytes: Uint8Array): unknown => JSON.parse(text(one(bytes, 2)));
const double = (bytes: Uint8Array): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true);

function mapIn<T>(fields: WireField[], number: number, read: (bytes: Uint8Array) => T): Record<string, T> {
  const entries = fields.filter((f) => f.number === number);
  return Object.fromEntries(entries.map(({ bytes }) => [text(one(bytes, 1)), read(one(bytes, 2))]));
}

const NAMES: Readonly<Record<number, readonly [string, (field: WireField) => unknown]>> = {
  1: ['$ref', (f) => text(f.bytes)],
  2: ['format', (f) => text(f.bytes)],
  4: ['description', (f) => text(f.bytes)],
  5: ['default', (f) => anyIn(f.bytes)],
  7: ['maximum', (f) => double(f.bytes)],
  8: ['exclusiveMaximum', (f) => f.integer === 1],
  9: ['minimum', (f) => double(f.bytes)],
  11: ['maxLength', (f) => f.integer],
  13: ['pattern', (f) => text(f.bytes)],
  21: ['additionalProperties', (f) => schemaIn(one(f.bytes, 1))],
  22: ['type', (f) => text(one(f.bytes, 1))],
  23: ['items', (f) => schemaIn(one(f.bytes, 1))],
  25: ['properties', (f) => mapIn(fieldsIn(f.bytes), 1, schemaIn)],
};

function schemaIn(bytes: Uint8Array): object {
  const fields = fieldsIn(bytes);
  const own = fields.flatMap((f) => {
    const [name, read] = NAMES[f.number] ?? [];
    return name === undefined ? [] : [[name, read!(f)]];
  });
  const all = (number: number): WireField[] => fields.filter((f) => f.number === number);
  return {
    ...Object.fromEntries(own),
    ...(all(19).length === 0 ? {} : { required: all(19).map((f) => text(f.bytes)) }),
    ...(all(20).length === 0 ? {} : { enum: all(20).map((f) => anyIn(f.bytes)) }),
    ...mapIn(fields, 31, anyIn),
  };
}

describe('OpenAPI 2', () => {
  it('has a schema of every kind that is served, and of whatever it refers to', () => {
    const served = servedWidgets();
    const { definitions, paths } = swaggerOf(served);
    const kinds = Object.values(definitions as Record<string, Body>).flatMap((schema) =>
      (schema['x-kubernetes-group-version-kind'] ?? []).map(
        (of: Body) => `${of.group}/${of.version} ${of.kind}`,
      ),
    );
    const asked = [...served.cluster.resources.asked()].flatMap(({ group, kind, versions }) =>
      versions.map(({ name }) => `${group}/${name} ${kind}`),
    );
    expect(kinds.sort()).toEqual(asked.sort());
    for (const reference of new Set(referencesIn(definitions)))
      expect(definitions).toHaveProperty([reference.replace('#/definitions/', '')]);
    const { patch } = paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}'];
    expect(patch.parameters.map((p: Body) => p.name)).toContain('dryRun');
  });

  it('says of custom resources what it has words for', () => {
    const widget = swaggerOf(servedWidgets()).definitions['com.example.shop.v1.Widget'];
    expect(widget.properties.metadata.description).toBe("Standard object's metadata.");
    const { properties, ...spec } = widget.properties.spec;
    expect(spec).toEqual({ type: 'object', description: 'What is wanted', required: ['size'] });
    expect(properties).toEqual({
      ...SPEC.properties,
      maybe: {},
      open: { 'x-kubernetes-preserve-unknown-fields': true },
      port: { 'x-kubernetes-int-or-string': true },
    });
  });

  it('says the same in protocol buffers, as whatever they are asked for', () => {
    const served = servedWidgets();
    const { definitions, paths } = swaggerOf(served);
    for (const accept of [PROTOBUF, PROTOBUF_ONCE]) {
      const { body, headers } = ask(served, 'GET', '/openapi/v2', undefined, { accept });
      expect(headers['content-type']).toBe(PROTOBUF);
      expect(mapIn(fieldsIn(one(body, 9)), 1, schemaIn)).toEqual(definitions);
      const ours = mapIn(fieldsIn(one(body, 8)), 2, (path) =>
        fieldsIn(path).flatMap(({ bytes }) =>
          fieldsIn(bytes)
            .filter((f) => f.number === 8)
            .map((f) => text(one(one(one(one(f.bytes, 1), 2), 3), 4))),
        ),
      );
      expect(Object.keys(ours)).toEqual(Object.keys(paths));
      const deployment = ours['/apis/apps/v1/namespaces/{namespace}/deployments/{name}'];
      expect(deployment!.filter((name) => name === 'dryRun')).toHaveLength(3);
    }
    expect(ask(served, 'GET', '/openapi/v2', undefined, { accept: 'text/html' }).status).toBe(406);
  });
});

describe('documents of OpenAPI', () => {
  it('are kept by clients until what is served is another', () => {
    const served = servedWidgets();
    const root = (): Body => ask(served, 'GET', '/openapi/v3').body.paths;
    const before = root();
    const { serverRelativeURL: url } = before['apis/shop.example.com/v1'];
    const { headers } = ask(served, 'GET', url);
    expect(headers['cache-control']).toBe('public, immutable');
    const again = { headers: { 'if-none-match': headers['etag']! } };
    expect(ask(served, 'GET', '/openapi/v3/apis/shop.example.com/v1', undefined, again).status).toBe(304);
    const { etag } = ask(served, 'GET', '/openapi/v2').headers;
    const merge = { type: 'application/merge-patch+json' };
    const other = widgets({ ...SPEC, description: 'Another' });
    expect(ask(served, 'PATCH', `${CRDS}/widgets.shop.example.com`, other, merge).status).toBe(200);
    served.pass(5000);
    const after = root();
    expect(after['apis/shop.example.com/v1']).not.toEqual(before['apis/shop.example.com/v1']);
    expect(after['apis/apps/v1']).toEqual(before['apis/apps/v1']);
    expect(ask(served, 'GET', '/openapi/v3/apis/shop.example.com/v1', undefined, again).status).toBe(200);
    expect(ask(served, 'GET', '/openapi/v2').headers['etag']).not.toBe(etag);
  });

  it('are none of what is not served', () => {
    const served = servedShop();
    for (const path of ['api', 'api/v2', 'apis', 'apis/apps', 'apis/apps/v2', 'apis/apps/v1/x', 'x/v1'])
      expect([path, ask(served, 'GET', `/openapi/v3/${path}`).status]).toEqual([path, 404]);
  });
});

describe('bodies in protocol buffers', () => {
  const type = 'application/vnd.kubernetes.protobuf';
  const body = (bytes: Uint8Array): HttpRequest['body'] => Uint8Array.from([0x6b, 0x38, 0x73, 0, ...bytes]);
  const post = (served: Served, url: string, bytes: Uint8Array): Body => {
    const request = { ...requestOf('POST', url, '', { type }), body: body(bytes) };
    const reply = served.handle(request);
    return reply.kind === 'answer' ? JSON.parse(reply.body.toString()) : undefined;
  };
  const named = (name: string): number[] => [...bytesField(1, [...bytesField(1, utf8(name))])];

  it('are what the path takes where they do not say what they are', () => {
    const served = servedShop();
    const raw = Uint8Array.from(bytesField(2, named('shop')));
    expect(post(served, '/api/v1/namespaces', raw)).toMatchObject({ metadata: { name: 'shop' } });
    expect(post(served, '/api/v1/namespaces', Uint8Array.from([1]))).toMatchObject({
      code: 400,
      message: expect.stringContaining('(must be of type Namespace)'),
    });
  });

  it('are refused of custom resources, which have none', () => {
    const answer = post(
      servedWidgets(),
      '/apis/shop.example.com/v1/namespaces/default/widgets',
      new Uint8Array(),
    );
    expect([answer.code, answer.reason]).toEqual([415, 'UnsupportedMediaType']);
    expect(answer.message).toMatch(/: application\/json, application\/yaml$/);
  });
});

it('the version of the server has what clients read of it', () => {
  const { body } = ask(servedShop(), 'GET', '/version');
  for (const name of ['gitVersion', 'gitCommit', 'buildDate', 'goVersion', 'compiler', 'platform'])
    expect(body[name]).toMatch(/./);
  expect(Date.parse(body.buildDate)).toBe(0);
});

it('what another server is behind is unavailable, and nothing else', () => {
  const served = servedWidgets();
  const object = {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1.shop.example.com' },
    spec: {
      group: 'shop.example.com',
      version: 'v1',
      service: { name: 'nobody', namespace: 'default' },
      groupPriorityMinimum: 1000,
      versionPriority: 15,
      insecureSkipTLSVerify: true,
    },
  };
  expect(ask(served, 'POST', '/apis/apiregistration.k8s.io/v1/apiservices', object).status).toBe(201);
  expect(ask(served, 'GET', '/apis/shop.example.com/v1/widgets').status).toBe(503);
  expect(ask(served, 'GET', '/apis/apps/v1/deployments').status).toBe(200);
});
