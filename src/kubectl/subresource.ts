/**
 * `--subresource` of `kubectl get`: the part of an object that is asked for instead of it. Sources:
 * staging/src/k8s.io/kubectl/pkg/cmd/get/get.go, pkg/printers/internalversion/printers.go (printScale).
 */
import { ApiError } from '../sim/api/errors.ts';
import type { ResourceDefinition } from '../sim/api/resources/definition.ts';
import { scaleOf } from '../sim/api/resources/scale.ts';
import { ageOf } from '../sim/api/table/age.ts';
import { AGE, column, created, NAME } from '../sim/api/table/column.ts';
import type { KubeObject } from '../sim/api/types.ts';
import { KubectlError } from './errors.ts';
import type { Item, Selection } from './resources.ts';
import type { Session } from './session.ts';

const SUBRESOURCES = ['status', 'scale', 'resize'] as const;

type Subresource = (typeof SUBRESOURCES)[number];

const has = ({ resource, subresources }: ResourceDefinition, part: Subresource): boolean =>
  part === 'resize' ? resource === 'pods' : Boolean(subresources[part]);

interface Scale {
  readonly spec: { readonly replicas: number };
  readonly status: { readonly replicas: number };
}

/**
 * A kind's Scale as it is printed; a custom resource's by the columns of its definition, which find little in
 * it (apiextensions-apiserver has no other for the subresource).
 */
const ofScale = (info: ResourceDefinition): ResourceDefinition =>
  info.opaque
    ? info
    : {
        ...info,
        columns: [NAME, column('Desired'), column('Available'), AGE],
        row(object, { now }) {
          const { spec, status } = object as unknown as Scale;
          return [object.metadata.name, spec.replicas, status.replicas, ageOf(created(object), now)];
        },
      };

function partOf(item: Item, part: Subresource): Item {
  const { info, object } = item;
  if (!has(info, part)) throw new ApiError('NotFound', 'the server could not find the requested resource');
  if (part !== 'scale') return item;
  return { info: ofScale(info), object: scaleOf(info, object) as unknown as KubeObject };
}

/** What was selected, or its parts where `--subresource` asks for them. @throws KubectlError, ApiError */
export function partsOf({ flags }: Session, selection: Selection): Selection {
  const asked = flags.text('subresource');
  if (asked === '') return selection;
  const part = SUBRESOURCES.find((name) => name === asked);
  if (part === undefined)
    throw new KubectlError(
      `invalid subresource value: "${asked}". Must be one of [${SUBRESOURCES.join(' ')}]`,
    );
  if (!selection.named)
    throw new KubectlError('subresource cannot be used when bulk resources are specified');
  const items = selection.items.map((item) => partOf(item, part));
  return { ...selection, items, groups: items.map(({ info, object }) => ({ info, items: [object] })) };
}
