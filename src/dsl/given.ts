/** What a scenario takes as given: what it was asked for and nothing simulates. */
import { bounded } from '../messages/bounded.ts';
import type { AssumedImage } from '../drivers/driver.ts';
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

/** An image nobody described, and what it is taken for. */
export interface GivenImage extends AssumedImage {
  readonly given: 'image';
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

/** Each image once, with all its ports; it ends where it always did. */
export function joinedImages(images: readonly GivenImage[]): GivenImage[] {
  const all = new Map<string, GivenImage>();
  for (const image of images) {
    const { ports = [], ends = true } = all.get(image.name) ?? {};
    const both = [...new Set([...ports, ...image.ports])].sort((a, b) => a - b);
    all.set(image.name, { ...image, ports: both, ends: ends && image.ends });
  }
  return [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `Deployment spec.template.spec.volumes (web.yaml:12, web.yaml:40)` */
export const givenFieldText = ({ kind, field, places }: GivenField, language: Language): string =>
  `${kind}${field === '' ? '' : ` ${field}`} ` +
  `(${bounded(places, (count) => say('more', { count }, language))})`;

/** `image "shop:1" is not described: assumed to listen on 8080, 9090 and to answer 200` */
export const givenImageText = ({ name, ports, ends }: GivenImage, language: Language): string =>
  say('imageAssumed', { image: name, ports: ports.join(', '), ends }, language);
