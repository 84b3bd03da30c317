/**
 * An object that a webhook or a policy has patched, as the API server reads it again: wrong types are an
 * error of its own, unknown fields are gone without a word, what is lacking gets its defaults. Models
 * staging/src/k8s.io/apiserver/pkg/admission/plugin/{webhook/mutating/dispatcher.go,
 * policy/mutating/patch/json_patch.go}.
 */
import { applyDefaults } from '../../defaults/index.ts';
import { ApiError } from '../../errors.ts';
import type { ResourceDefinition } from '../../resources/definition.ts';
import { checkSchema } from '../../schema/check.ts';
import { goValue } from '../../schema/gotypes.ts';
import { dropUnknown } from '../../schema/patched.ts';
import { metadataProblems } from '../../schema/structural/unknown.ts';
import type { KubeObject } from '../../types.ts';

const isMap = (value: unknown): value is KubeObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As `v1.Pod`, which is what Go calls it. */
const goType = ({ apiVersion, kind }: KubeObject): string => `${apiVersion.split('/').at(-1)}.${kind}`;

/**
 * @param before the object that the patch was made of
 * @throws ApiError InternalError, in the words of the decoder
 */
export function decoded(definition: ResourceDefinition, patched: unknown, before: KubeObject): KubeObject {
  const internal = (why: string): ApiError =>
    new ApiError('InternalError', `Internal error occurred: ${why}`);
  if (!isMap(patched))
    throw internal(`json: cannot unmarshal ${goValue(patched)} into Go value of type ${goType(before)}`);
  const { apiVersion, kind } = patched;
  if (apiVersion !== before.apiVersion || kind !== before.kind)
    throw internal(
      `converting (${goType({ ...patched, apiVersion: String(apiVersion), kind: String(kind) })}) to ` +
        `(${goType(before)}): unknown conversion`,
    );
  const object = patched.metadata === undefined ? ({ ...patched, metadata: {} } as KubeObject) : patched;
  const problems = definition.opaque ? metadataProblems(object) : checkSchema(object, before);
  const wrong = problems.find((problem) => problem.kind === 'type');
  if (wrong !== undefined) throw internal(wrong.message);
  const known = problems.some((problem) => problem.kind === 'unknown') ? dropUnknown(object) : object;
  return applyDefaults(definition, known);
}
