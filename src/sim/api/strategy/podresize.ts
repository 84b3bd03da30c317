/**
 * pods/resize: the one way by which a Pod that is there comes to ask for other resources. Models
 * podResizeStrategy of pkg/registry/core/pod/strategy.go and ValidatePodResize of
 * pkg/apis/core/validation/validation.go.
 */
import { deepEqual } from '../equal.ts';
import type { Container, Pod } from '../types.ts';
import { forbidden, invalidValue, type Causes } from '../validation/field.ts';
import { qosClass } from './qos.ts';

type Resources = NonNullable<Container['resources']>;
type Texts = Readonly<Record<string, string>>;

const MUTABLE = ['cpu', 'memory'];

const takenOver = (given: readonly Container[] | undefined, old: readonly Container[]): Container[] =>
  old.map((container) => {
    const next = given?.find((c) => c.name === container.name);
    if (next === undefined) return container;
    const { resources, resizePolicy } = next;
    return {
      ...container,
      ...(resources === undefined ? {} : { resources }),
      ...(resizePolicy === undefined ? {} : { resizePolicy }),
    };
  });

/** The stored Pod with the resources that the new one asks for, and nothing else of it. */
export function resizedPod(next: Pod, old: Pod): Pod {
  const { initContainers } = old.spec;
  const spec = {
    ...old.spec,
    containers: takenOver(next.spec.containers, old.spec.containers),
    ...(initContainers === undefined
      ? {}
      : {
          initContainers: takenOver(next.spec.initContainers as Container[], initContainers as Container[]),
        }),
  } as Pod['spec'];
  return { ...old, spec };
}

function validateList(
  list: 'requests' | 'limits',
  next: Resources | undefined,
  old: Resources | undefined,
  at: string,
  out: Causes,
): void {
  const [now, before] = [(next?.[list] ?? {}) as Texts, (old?.[list] ?? {}) as Texts];
  if (Object.keys(before).some((name) => MUTABLE.includes(name) && !Object.hasOwn(now, name)))
    out.push(forbidden(`${at}.${list}`, `resource ${list} cannot be removed`));
}

const others = (resources: Resources | undefined): object =>
  (['requests', 'limits'] as const).map((list) =>
    Object.entries((resources?.[list] ?? {}) as Texts).filter(([name]) => !MUTABLE.includes(name)),
  );

export function validatePodResize(next: Pod, old: Pod, out: Causes): void {
  const pairs = next.spec.containers.map((c, i) => [c, old.spec.containers[i]!] as const);
  const class_ = qosClass(next.spec);
  if (class_ !== old.status.qosClass)
    out.push(invalidValue('spec', class_, 'Pod QOS Class may not change as a result of resizing'));
  if (pairs.some(([c, before]) => !deepEqual(others(c.resources), others(before.resources))))
    out.push(forbidden('spec', 'only cpu and memory resources are mutable'));
  pairs.forEach(([c, before], i) => {
    const at = `spec.containers[${i}].resources`;
    for (const list of ['limits', 'requests'] as const)
      validateList(list, c.resources, before.resources, at, out);
  });
}
