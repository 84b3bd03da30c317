/** What may be asked of a kind and how, as OpenAPI documents list it. */
import type { ResourceDefinition } from '../../sim/api/resources/definition.ts';

/** Writes are told apart by what they may be asked. */
const WRITES = ['dryRun', 'fieldManager', 'fieldValidation'];

/** @param parameter one behind the `?`, as a version of OpenAPI writes it */
export function pathsOf(
  { group, kind, plural, namespaced }: ResourceDefinition,
  version: string,
  parameter: (name: string) => object,
): Record<string, object> {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const many = namespaced ? `${root}/namespaces/{namespace}/${plural}` : `${root}/${plural}`;
  const operation = (verb: string, action: string, parameters: readonly string[]): object => ({
    operationId: `${verb}${kind}${version}${group}`,
    parameters: parameters.map(parameter),
    responses: { '200': { description: 'OK' } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version, kind },
  });
  return {
    [many]: { get: operation('list', 'list', []), post: operation('create', 'post', WRITES) },
    [`${many}/{name}`]: {
      get: operation('read', 'get', []),
      put: operation('replace', 'put', WRITES),
      patch: operation('patch', 'patch', [...WRITES, 'force']),
      delete: operation('delete', 'delete', ['dryRun']),
    },
  };
}
