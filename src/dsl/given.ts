/** What a scenario takes as given: what it was asked for and nothing simulates. */
import { bounded } from '../messages/bounded.ts';
import { say, type Language } from '../messages/index.ts';

/** A field of manifests, or a kind, that is stored, and nothing comes of it. */
export interface GivenField {
  readonly given: 'field';
  readonly kind: string;
  /** `spec.containers.securityContext`; '' for all there is to objects of the kind. */
  readonly field: string;
  /** Where it stands, as `web.yaml:12`. */
  readonly places: readonly string[];
}

/** An image nobody described: it is taken for a server that starts in about a second and runs on. */
export interface GivenImage {
  readonly given: 'image';
  readonly name: string;
}

export type Given = GivenField | GivenImage;

const keyOf = ({ kind, field }: Omit<GivenField, 'given'>): string => `${kind} ${field}`;

/** Each field once, with all its places. */
export function joined(fields: readonly GivenField[]): GivenField[] {
  const all = new Map<string, GivenField>();
  for (const field of fields) {
    const places = [...(all.get(keyOf(field))?.places ?? []), ...field.places];
    all.set(keyOf(field), { ...field, places: [...new Set(places)] });
  }
  return [...all.values()];
}

/** `Deployment spec.template.spec.volumes (web.yaml:12, web.yaml:40)` */
export const givenFieldText = ({ kind, field, places }: GivenField, language: Language): string =>
  `${kind}${field === '' ? '' : ` ${field}`} (${bounded(places, (count) => say('more', { count }, language))})`;
