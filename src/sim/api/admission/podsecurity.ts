/**
 * PodSecurity: namespaces say by labels what their Pods may not. Nothing is checked where none does. Models
 * plugin/pkg/admission/security/podsecurity/admission.go.
 */
import type { PodTemplateSpec } from '../types.ts';
import { judgeNamespace, judgePod, judgeTemplate } from './podsecurity/admission.ts';
import { isLabelled } from './podsecurity/policy.ts';
import type { AdmissionPlugin } from './types.ts';

/** What says a Pod's template, and where. */
const TEMPLATES: Readonly<Record<string, (object: any) => PodTemplateSpec | undefined>> = {
  podtemplates: (o) => o.template,
  replicationcontrollers: (o) => o.spec.template,
  'replicasets.apps': (o) => o.spec.template,
  'deployments.apps': (o) => o.spec.template,
  'statefulsets.apps': (o) => o.spec.template,
  'daemonsets.apps': (o) => o.spec.template,
  'jobs.batch': (o) => o.spec.template,
  'cronjobs.batch': (o) => o.spec.jobTemplate.spec.template,
};

export const podSecurity: AdmissionPlugin = {
  name: 'PodSecurity',
  about: ['namespaces', 'pods', ...Object.keys(TEMPLATES)],
  validate(object, request) {
    const { definition, subresource, namespace, view, old } = request;
    const { resource } = definition;
    if (object === undefined) return;
    if (resource === 'namespaces') {
      const labels = [object.metadata.labels, old?.metadata.labels];
      if (subresource === '' && labels.some(isLabelled)) judgeNamespace(object, request);
      return;
    }
    const templateOf = TEMPLATES[resource];
    if (resource !== 'pods' && templateOf === undefined) return;
    const found = view.find('Namespace', '', namespace);
    if (found === undefined || !isLabelled(found.metadata.labels)) return;
    if (templateOf === undefined) judgePod(object, found, request);
    else if (subresource === '') judgeTemplate(templateOf(object), found, request);
  },
};
