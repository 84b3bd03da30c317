/**
 * ReplicationControllers. Models pkg/registry/core/replicationcontroller, pkg/apis/core/v1/defaults.go and
 * pkg/apis/core/validation.
 */
import type { IReplicationController } from 'kubernetes-models/v1';
import { fill, into } from '../defaults/fill.ts';
import { defaultTemplate } from '../defaults/podspec.ts';
import { matches, selectorFromLabels } from '../selector.ts';
import { generations } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { containerTexts, created, labelText, REPLICA_COLUMNS } from '../table/column.ts';
import type { Modelled, PodTemplateSpec } from '../types.ts';
import { invalidValue, nonNegative, required, sortedMap, type Causes } from '../validation/field.ts';
import { ruled } from '../validation/rules.ts';
import { validateAlwaysTemplate } from '../validation/workloads.ts';
import { defineResource, hasObserved, STATUS_AND_SCALE } from './definition.ts';

type Controller = Modelled<IReplicationController>;
type Labels = Readonly<Record<string, string>>;

const templateOf = ({ spec }: Controller): PodTemplateSpec => spec.template as PodTemplateSpec;
const selectorOf = ({ spec }: Controller): Labels => (spec.selector ?? {}) as Labels;

/** Labels and selector are the template's unless they are given. */
function defaultController(controller: Controller): Controller {
  const defaulted = into(controller, 'spec', (spec) =>
    fill(into(spec, 'template', defaultTemplate as never), { replicas: 1 }),
  );
  const labels = defaulted.spec?.template?.metadata?.labels as Record<string, string> | undefined;
  if (labels === undefined) return defaulted;
  const isEmpty = (map: object | undefined): boolean => Object.keys(map ?? {}).length === 0;
  const selected = isEmpty(defaulted.spec.selector)
    ? { ...defaulted, spec: { ...defaulted.spec, selector: labels } }
    : defaulted;
  return isEmpty(selected.metadata.labels)
    ? { ...selected, metadata: { ...selected.metadata, labels } }
    : selected;
}

function validateSpec(controller: Controller, out: Causes): void {
  const { spec } = controller;
  const selector = selectorOf(controller);
  nonNegative(spec.minReadySeconds, 'spec.minReadySeconds', out);
  if (Object.keys(selector).length === 0) out.push(required('spec.selector'));
  nonNegative(spec.replicas, 'spec.replicas', out);
  const labels = templateOf(controller).metadata?.labels as Record<string, string> | undefined;
  if (Object.keys(selector).length > 0 && !matches(selectorFromLabels(selector), labels))
    out.push(
      invalidValue(
        'spec.template.metadata.labels',
        sortedMap(labels),
        '`selector` does not match template `labels`',
      ),
    );
  validateAlwaysTemplate(templateOf(controller), 'ReplicationController', 'spec.template', out);
}

export const replicationControllers = defineResource<Controller>({
  group: '',
  kind: 'ReplicationController',
  plural: 'replicationcontrollers',
  shortNames: ['rc'],
  categories: ['all'],
  subresources: STATUS_AND_SCALE,
  generation: true,
  observed: true,
  defaults: defaultController,
  strategy: generations({ replicas: 0 }),
  validation: ruled(validateSpec),
  selectableFields: { 'status.replicas': (c) => String(c.status.replicas) },
  columns: REPLICA_COLUMNS,
  row: (c, { now }) => [
    c.metadata.name,
    c.spec.replicas ?? 0,
    c.status.replicas,
    c.status.readyReplicas ?? 0,
    ageOf(created(c), now),
    ...containerTexts(templateOf(c)),
    labelText(selectorOf(c)),
  ],
  workload: {
    keeps: 'atOnce',
    exposed: true,
    template: templateOf,
    selector: (c) => ({ matchLabels: selectorOf(c) }),
    wanted: (c) => c.spec.replicas ?? 1,
    ready: (c) => c.status.readyReplicas ?? 0,
    available: (c) => c.status.availableReplicas ?? 0,
    updated: (c) => c.status.replicas,
    seen: hasObserved,
    filled: (c) => c.status.replicas >= (c.spec.replicas ?? 1),
  },
});
