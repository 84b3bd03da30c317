/**
 * What a sample API server serves. Models staging/src/k8s.io/sample-apiserver/pkg/{apis/wardle,registry,
 * admission/plugin/banflunder}.
 */
import { type AdmissionPlugin, refused } from '../../api/admission/types.ts';
import type { ResourceDefinition } from '../../api/resources/definition.ts';
import { defineDynamic } from '../../api/resources/dynamic.ts';
import type { StructuralSchema } from '../../api/schema/structural/schema.ts';
import type { KubeObject } from '../../api/types.ts';
import { invalidValue, type Causes } from '../../api/validation/field.ts';
import { validateMeta } from '../../api/validation/meta.ts';
import { subdomainProblems } from '../../api/validation/text.ts';

const GROUP = 'wardle.example.com';

interface FlunderSpec {
  readonly reference?: string;
  readonly referenceType?: string;
}

/** As v1beta1 has it, and what is checked. */
interface FlunderReferences {
  readonly flunderReference?: string;
  readonly fischerReference?: string;
  readonly referenceType?: string;
}

const TEXT: StructuralSchema = { type: 'string' };
const specOf = (properties: StructuralSchema['properties']): StructuralSchema => ({
  type: 'object',
  properties: { spec: { type: 'object', properties: properties! }, status: { type: 'object' } },
});
const V1ALPHA1 = specOf({ reference: TEXT, referenceType: TEXT });
const V1BETA1 = specOf({ flunderReference: TEXT, fischerReference: TEXT, referenceType: TEXT });

const withSpec = (object: KubeObject, spec: object): KubeObject => ({ ...object, spec }) as KubeObject;

/** What is known of one that v1alpha1 wrote; what v1beta1 alone can say is let through, to be refused. */
function referencesOf(spec: FlunderSpec & FlunderReferences = {}): FlunderReferences {
  const { reference = '', referenceType = '' } = spec;
  if (spec.flunderReference !== undefined || spec.fischerReference !== undefined) return spec;
  if (referenceType === 'Fischer') return { fischerReference: reference, referenceType };
  return referenceType === 'Flunder' ? { flunderReference: reference, referenceType } : {};
}

/** In v1beta1. */
const newer = (object: KubeObject): KubeObject =>
  withSpec(
    object,
    Object.fromEntries(
      Object.entries(referencesOf((object as { spec?: FlunderSpec }).spec)).filter(([, value]) => value),
    ),
  );

/** In v1alpha1; what that cannot say stays as it is. */
function older(object: KubeObject): KubeObject {
  const { spec = {} } = object as { spec?: FlunderReferences };
  const { flunderReference = '', fischerReference = '', referenceType = '' } = spec;
  if (referenceType === 'Flunder' && !fischerReference && flunderReference)
    return withSpec(object, { reference: flunderReference, referenceType });
  if (referenceType === 'Fischer' && !flunderReference && fischerReference)
    return withSpec(object, { reference: fischerReference, referenceType });
  return object;
}

/** ValidateFlunderSpec; an update is not looked at. */
function validateFlunder(object: KubeObject, out: Causes): void {
  validateMeta(object.metadata, true, subdomainProblems, out, 'any');
  const {
    flunderReference = '',
    fischerReference = '',
    referenceType = '',
  } = referencesOf((object as { spec?: FlunderSpec }).spec);
  const wrong = (field: string, value: string, message: string): void =>
    void out.push(invalidValue(`spec.${field}`, value, message));
  if (flunderReference && fischerReference)
    wrong('fischerReference', fischerReference, 'cannot be set with flunderReference at the same time');
  else if (flunderReference && referenceType !== 'Flunder')
    wrong('flunderReference', flunderReference, 'cannot be set if referenceType is not Flunder');
  else if (fischerReference && referenceType !== 'Fischer')
    wrong('fischerReference', fischerReference, 'cannot be set if referenceType is not Fischer');
  else if (!fischerReference && referenceType === 'Fischer')
    wrong('fischerReference', '', 'cannot be empty if referenceType is Fischer');
  else if (!flunderReference && referenceType === 'Flunder')
    wrong('flunderReference', '', 'cannot be empty if referenceType is Flunder');
}

/** SetDefaults_FlunderSpec, and the structures that Go's types always write. */
function defaulted(object: KubeObject): KubeObject {
  const { spec = {}, status = {} } = object as { spec?: FlunderSpec; status?: object };
  const isUnsaid = Boolean(spec.reference) && !spec.referenceType;
  return { ...object, spec: isUnsaid ? { ...spec, referenceType: 'Flunder' } : spec, status } as KubeObject;
}

function flunders(): ResourceDefinition {
  const names = { kind: 'Flunder', plural: 'flunders' };
  const base = defineDynamic({
    group: GROUP,
    names,
    scope: 'Namespaced',
    versions: [{ name: 'v1alpha1', schema: V1ALPHA1 }],
  });
  return {
    ...base,
    versions: [base.versions[0]!, { name: 'v1beta1', toStored: older, fromStored: newer }],
    schemas: { v1alpha1: V1ALPHA1, v1beta1: V1BETA1 },
    isTyped: true,
    defaults: defaulted,
    strategy: { ...base.strategy, create: (draft) => draft, update: (next) => next },
    validation: { ...base.validation, create: validateFlunder },
  };
}

function fischers(): ResourceDefinition {
  const base = defineDynamic({
    group: GROUP,
    names: { kind: 'Fischer', plural: 'fischers' },
    scope: 'Cluster',
    versions: [
      {
        name: 'v1alpha1',
        schema: { type: 'object', properties: { disallowedFlunders: { type: 'array', items: TEXT } } },
      },
    ],
  });
  const strategy = {
    ...base.strategy,
    create: (draft: KubeObject) => draft,
    update: (next: KubeObject) => next,
  };
  return { ...base, isTyped: true, strategy };
}

let known: readonly ResourceDefinition[] | undefined;

/** Flunders and fischers; the same each time. */
export const wardleDefinitions = (): readonly ResourceDefinition[] => (known ??= [flunders(), fischers()]);

/** BanFlunder. */
export const banFlunder = (): AdmissionPlugin => ({
  name: 'BanFlunder',
  validate(_object, request) {
    const { operation, definition, name, view } = request;
    if (operation !== 'CREATE' || definition.plural !== 'flunders') return;
    for (const fischer of view.list(`fischers.${GROUP}`)) {
      const { disallowedFlunders = [] } = fischer as { disallowedFlunders?: readonly string[] };
      if (disallowedFlunders.includes(name))
        throw refused(request, 'this name may not be used, please change the resource name');
    }
  },
});
