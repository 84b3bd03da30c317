/** How Services are reached from outside: Ingresses. */
import type { ManifestObject } from '../../sim/api/manifest/read.ts';
import type { Path } from '../../sim/api/schema/check.ts';
import type { Edit } from '../edit.ts';
import { get, leftOut, list, mistyped, setTo, text } from '../shapes.ts';

const INGRESS = 'concepts/services-networking/ingress/';

/** Where its backends are named. */
function backendsOf(ingress: ManifestObject): Path[] {
  if (ingress.kind !== 'Ingress') return [];
  const rules = list(ingress, ['spec', 'rules']).flatMap((rule, i) =>
    list(rule, ['http', 'paths']).map((_, j): Path => ['spec', 'rules', i, 'http', 'paths', j, 'backend']),
  );
  const byDefault: Path = ['spec', 'defaultBackend'];
  return get(ingress, byDefault) === undefined ? rules : [byDefault, ...rules];
}

const ingressServiceMistyped: Edit = {
  name: 'IngressServiceMistyped',
  direction: 'weaken',
  words: {
    en: '{object} sends what comes to {service}, which does not exist',
    ja: '{object}が存在しないService {service}へ送る',
  },
  source: INGRESS,
  drafts: (object, place) =>
    backendsOf(object).flatMap((backend) => {
      const at = [...backend, 'service', 'name'];
      const name = text(object, at);
      return name === undefined ? [] : [setTo(place, at, mistyped(name), { service: mistyped(name) })];
    }),
};

const ingressHostMistyped: Edit = {
  name: 'IngressHostMistyped',
  direction: 'weaken',
  words: {
    en: '{object} has its rule for {host}, which nobody asks for',
    ja: '{object}の規則が誰も使わない{host}に対するものになっている',
  },
  source: INGRESS,
  drafts: (object, place) =>
    object.kind === 'Ingress'
      ? list(object, ['spec', 'rules']).flatMap((rule, i) => {
          const host = text(rule, ['host']);
          return host === undefined
            ? []
            : [setTo(place, ['spec', 'rules', i, 'host'], mistyped(host), { host: mistyped(host) })];
        })
      : [],
};

export const ingresses: readonly Edit[] = [
  leftOut('IngressDropped', ['Ingress'], INGRESS),
  ingressServiceMistyped,
  ingressHostMistyped,
];
