/**
 * In which form a client takes an answer. Models
 * staging/src/k8s.io/apiserver/pkg/endpoints/handlers/negotiation/negotiate.go.
 */
import type { Headers } from './http.ts';

/** A media type of an Accept header: `application/json;as=Table;v=v1;g=meta.k8s.io`. */
export interface MediaType {
  readonly type: string;
  readonly as: string;
  readonly group: string;
  readonly version: string;
}

/** In the client's order; those that he likes less stand behind. */
export function acceptedOf({ accept = '' }: Headers): MediaType[] {
  const types = accept
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((p) => p.trim());
      const of = (name: string): string =>
        parameters.find((p) => p.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
      const quality = Number(of('q') || '1');
      return { type: type.toLowerCase(), as: of('as'), group: of('g'), version: of('v'), quality };
    });
  const wanted = types.length === 0 ? [{ type: '*/*', as: '', group: '', version: '', quality: 1 }] : types;
  return wanted.sort((a, b) => b.quality - a.quality);
}

const isJson = (type: string): boolean =>
  type === 'application/json' || type === '*/*' || type === 'application/*';

const YAML = 'application/yaml';
/** In which answers are written; streams in the first alone. */
export const ANSWERED: readonly string[] = ['application/json', YAML];

/** Whether he takes YAML before JSON. */
export const prefersYaml = (headers: Headers): boolean =>
  acceptedOf(headers).find(({ type }) => isJson(type) || type === YAML)?.type === YAML;

/** What becomes of objects on their way out. */
export type Form =
  | { readonly as: 'object' }
  | {
      readonly as: 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';
      readonly version: 'v1' | 'v1beta1';
    };

/**
 * @param bare there are no tables and no metadata of it; `streams`: it is a watch
 * @returns undefined: nothing that he takes can be served
 */
export function formOf(headers: Headers, bare: boolean, streams = false): Form | undefined {
  for (const { type, as, group, version } of acceptedOf(headers)) {
    if (!isJson(type) && (streams || type !== YAML)) continue;
    if (as === '') return { as: 'object' };
    if (bare) continue;
    if (group !== 'meta.k8s.io' || (version !== 'v1' && version !== 'v1beta1')) continue;
    if (as === 'Table' || as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList')
      return { as, version };
  }
  return undefined;
}

/** Which version of aggregated discovery he takes before any other JSON; '': none. */
export function discoveryVersion(headers: Headers): '' | 'v2' | 'v2beta1' {
  for (const { type, as, group, version } of acceptedOf(headers)) {
    if (!isJson(type)) continue;
    if (as !== 'APIGroupDiscoveryList' || group !== 'apidiscovery.k8s.io') return '';
    if (version === 'v2' || version === 'v2beta1') return version;
  }
  return '';
}

/** Whether a person reads the answer: a client says so, or is known for it. */
export function isForPeople({ 'user-agent': agent = '' }: Headers, query: URLSearchParams): boolean {
  const pretty = query.get('pretty');
  if (pretty !== null) return /^(?:1|t|true)$/i.test(pretty);
  return /^(?:curl|Wget|Mozilla\/5\.0)/.test(agent);
}
