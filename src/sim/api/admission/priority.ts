/** Priority: a Pod's class becomes its number. Models plugin/pkg/admission/priority/admission.go. */
import { withMembers } from '../../kernel/members.ts';
import { isNil } from '../defaults/fill.ts';
import type { KubeObject, Pod, PriorityClass } from '../types.ts';
import { refused, type AdmissionPlugin, type AdmissionRequest, type AdmissionView } from './types.ts';

type Resolved = {
  readonly name: string;
  readonly value: number;
  readonly preemptionPolicy: 'PreemptLowerPriority' | 'Never';
};

/** Classes that every cluster has. */
const SYSTEM: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

const resolved = (priority: PriorityClass): Resolved => ({
  name: priority.metadata.name,
  value: priority.value ?? 0,
  preemptionPolicy: (priority.preemptionPolicy ?? 'PreemptLowerPriority') as Resolved['preemptionPolicy'],
});

/** The class marked globalDefault; of several, the one with the lowest value. */
function defaultClass(view: AdmissionView): Resolved {
  let found: PriorityClass | undefined;
  for (const priority of view.list('PriorityClass')) {
    if (
      priority.globalDefault === true &&
      (found === undefined || (priority.value ?? 0) < (found.value ?? 0))
    )
      found = priority;
  }
  return found === undefined
    ? { name: '', value: 0, preemptionPolicy: 'PreemptLowerPriority' }
    : resolved(found);
}

function classOf(name: string, request: AdmissionRequest): Resolved {
  const found = request.view.find('PriorityClass', '', name);
  if (found !== undefined) return resolved(found);
  if (Object.hasOwn(SYSTEM, name))
    return { name, value: SYSTEM[name]!, preemptionPolicy: 'PreemptLowerPriority' };
  throw refused(request, `no PriorityClass with name ${name} was found`);
}

function onCreate(pod: Pod, request: AdmissionRequest): Pod {
  const { spec } = pod;
  const { name, value, preemptionPolicy } = spec.priorityClassName
    ? classOf(spec.priorityClassName, request)
    : defaultClass(request.view);
  if (!isNil(spec.priority) && spec.priority !== value) {
    throw refused(
      request,
      `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority ` +
        `admission controller computed ${value} from the given PriorityClass name`,
    );
  }
  if (!isNil(spec.preemptionPolicy) && spec.preemptionPolicy !== preemptionPolicy) {
    throw refused(
      request,
      `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; ` +
        `priority admission controller computed ${preemptionPolicy} from the given PriorityClass name`,
    );
  }
  const next: Pod = { ...pod };
  const named = name === '' ? spec : withMembers(spec, { priorityClassName: name });
  next.spec = withMembers(named, { priority: value, preemptionPolicy });
  return next;
}

/** An update that leaves the computed fields out keeps them. */
function onUpdate(pod: Pod, old: Pod): Pod {
  const keep = {
    ...(isNil(pod.spec.priority) && !isNil(old.spec.priority) ? { priority: old.spec.priority } : {}),
    ...(isNil(pod.spec.preemptionPolicy) && !isNil(old.spec.preemptionPolicy)
      ? { preemptionPolicy: old.spec.preemptionPolicy }
      : {}),
  };
  return Object.keys(keep).length === 0 ? pod : { ...pod, spec: { ...pod.spec, ...keep } };
}

export const priority: AdmissionPlugin = {
  name: 'Priority',
  about: ['pods', 'priorityclasses.scheduling.k8s.io'],
  mutate: (object, request) => {
    if (request.definition.resource !== 'pods' || request.subresource !== '') return object;
    const pod = object as unknown as Pod;
    const next =
      request.operation === 'CREATE' ? onCreate(pod, request) : onUpdate(pod, request.old as unknown as Pod);
    return next as unknown as KubeObject;
  },
  validate: (object, request) => {
    if (request.definition.resource !== 'priorityclasses.scheduling.k8s.io' || object === undefined) return;
    if ((object as unknown as PriorityClass).globalDefault !== true) return;
    for (const other of request.view.list('PriorityClass')) {
      if (other.globalDefault === true && other.metadata.name !== request.name) {
        throw refused(
          request,
          `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`,
        );
      }
    }
  },
};
