/** PodTemplates. Models pkg/registry/core/podtemplate and pkg/apis/core/validation. */
import type { IPodTemplate } from 'kubernetes-models/v1';
import { fill, into } from '../defaults/fill.ts';
import { completeTemplate } from '../defaults/podspec.ts';
import { generationsOnly } from '../strategy/generation.ts';
import { column, containerTexts, labelText, NAME } from '../table/column.ts';
import type { Modelled, PodTemplateSpec } from '../types.ts';
import { validateTemplate } from '../validation/podspec.ts';
import { ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

type PodTemplate = Modelled<IPodTemplate>;

export const podTemplates = defineResource<PodTemplate>({
  group: '',
  kind: 'PodTemplate',
  plural: 'podtemplates',
  generation: true,
  defaults: (t) => into(fill(t, { template: {} }), 'template', completeTemplate as never),
  strategy: generationsOnly((t) => (t as PodTemplate).template),
  validation: ruled((t, out) => validateTemplate(t.template as PodTemplateSpec, 'template', out)),
  columns: [NAME, column('Containers'), column('Images'), column('Pod Labels')],
  row: (t) => [
    t.metadata.name,
    ...containerTexts(t.template as PodTemplateSpec),
    labelText(t.template?.metadata?.labels as Record<string, string> | undefined),
  ],
});
