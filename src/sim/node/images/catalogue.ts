/** Images known from the start. */
import { remembered } from '../../kernel/memo.ts';
import type { Catalogue, CatalogueEntry } from './entry.ts';
import { KUBERNETES } from './kubernetes.ts';
import { withoutTag } from './reference.ts';
import { SHELLS } from './shells.ts';
import { WEB } from './web.ts';

/** By name without registry and tag. */
const CATALOGUE: Catalogue = { ...WEB, ...SHELLS, ...KUBERNETES };

const UNKNOWN = 'unknown';

const find = remembered(4096, (image: string): CatalogueEntry | typeof UNKNOWN => {
  const name = withoutTag(image);
  const short = name.slice(name.lastIndexOf('/') + 1);
  return Object.hasOwn(CATALOGUE, short) ? CATALOGUE[short]! : UNKNOWN;
});

/** What the catalogue says of an image; undefined when nothing. */
export function catalogued(image: string): CatalogueEntry | undefined {
  const found = find(image);
  return found === UNKNOWN ? undefined : found;
}
