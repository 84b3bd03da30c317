/** What a scenario takes as given: what it was asked for and nothing simulates. */
import { bounded } from '../messages/bounded.ts';
import type { AssumedImage, PassedOver } from '../drivers/driver.ts';
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

/** An admission webhook nobody described, which was taken to let everything through. */
export interface GivenWebhook {
  readonly given: 'webhook';
  readonly webhook: string;
}

/** Something in a script of a container that could not be followed, and was passed over. */
export interface GivenScript extends PassedOver {
  readonly given: 'script';
}

export type Given = GivenField | GivenImage | GivenWebhook | GivenScript;

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

/** `a script of image "shop:1" says "jq -r .x", which is not simulated: passed over` */
export const givenScriptText = ({ image, what }: GivenScript, language: Language): string =>
  say('scriptPassedOver', { image, what }, language);

/** `admission webhook "w.example.com" is not described: assumed to let everything through` */
export const givenWebhookText = ({ webhook }: GivenWebhook, language: Language): string =>
  say('webhookAssumed', { webhook }, language);

/** Each once. */
export const joinedWebhooks = (webhooks: readonly GivenWebhook[]): GivenWebhook[] => [
  ...new Map(webhooks.map((given) => [given.webhook, given])).values(),
];

/** What was passed over, each once. */
export const joinedScripts = (scripts: readonly GivenScript[]): GivenScript[] => [
  ...new Map(scripts.map((script) => [`${script.image} ${script.what}`, script])).values(),
];

/** In words, whatever it is. */
export function givenText(given: Given, language: Language): string {
  switch (given.given) {
    case 'field':
      return givenFieldText(given, language);
    case 'image':
      return givenImageText(given, language);
    case 'webhook':
      return givenWebhookText(given, language);
    case 'script':
      return givenScriptText(given, language);
  }
}
