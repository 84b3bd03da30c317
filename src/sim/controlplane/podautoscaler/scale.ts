/** The scale subresource of what an autoscaler steers. Models scaleForResourceMappings of horizontal.go. */
import { ApiError } from '../../api/errors.ts';
import { type ResourceDefinition, valueAtPath } from '../../api/resources/definition.ts';
import { scaledBy } from '../../api/resources/scale.ts';
import { parseLabelSelector, type Selector, selectorOf, selectorText } from '../../api/selector.ts';
import type { HorizontalPodAutoscaler, KubeObject } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';

export interface Scale {
  readonly definition: ResourceDefinition;
  readonly name: string;
  readonly specReplicas: number;
  readonly statusReplicas: number;
  /** Of its Pods; undefined where the target has none. */
  readonly selector: Selector | undefined;
  /** The same in words. */
  readonly selectorText: string;
  /** Why those are no selector. */
  readonly selectorProblem?: string;
}

const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';

/** @throws ApiError when the target, or its kind, is not there, or cannot be scaled */
export function scaleOf(hpa: HorizontalPodAutoscaler, ctx: ControllerContext): Scale {
  const { apiVersion = '', kind, name } = hpa.spec.scaleTargetRef;
  const group = groupOf(apiVersion);
  const definition = Array.from(ctx.resources.all()).find((d) => d.kind === kind && d.group === group);
  if (definition === undefined)
    throw new ApiError('NotFound', `no matches for kind "${kind}" in group "${group}"`);
  const object = ctx.api.get(definition.resource, hpa.metadata.namespace ?? '', name, 'scale');
  const paths = definition.subresources.scale;
  if (paths === undefined) throw new ApiError('NotFound', 'the server could not find the requested resource');
  const by = scaledBy(definition, object as KubeObject);
  const scale = {
    definition,
    name,
    specReplicas: Number(valueAtPath(object, paths.specReplicas) ?? 0),
    statusReplicas: Number(valueAtPath(object, paths.statusReplicas) ?? 0),
    selectorText: by === undefined ? '' : typeof by === 'string' ? by : selectorText(by),
  };
  try {
    const selector =
      by === undefined ? undefined : typeof by === 'string' ? parseLabelSelector(by) : selectorOf(by);
    return { ...scale, selector };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ...scale, selector: undefined, selectorProblem: error.message };
  }
}
