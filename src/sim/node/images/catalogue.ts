/** Images known from the start. */
import { remembered } from '../../kernel/memo.ts';
import { ALL_PROGRAMS } from './applets.ts';
import { DATABASES } from './databases.ts';
import type { Catalogue, CatalogueEntry } from './entry.ts';
import { GATEWAYS } from './gateways.ts';
import { INSTALLERS } from './installers.ts';
import { KUBERNETES } from './kubernetes.ts';
import { LANGUAGES } from './languages.ts';
import { QUEUES } from './queues.ts';
import { withoutTag } from './reference.ts';
import { SHELLS } from './shells.ts';
import { STRESS } from './stress.ts';
import { WARDLE } from './wardle.ts';
import { WEB } from './web.ts';

/** By the last part of a name without tag, or by the last two. */
export const CATALOGUE: Catalogue = {
  ...WEB,
  ...DATABASES,
  ...QUEUES,
  ...LANGUAGES,
  ...SHELLS,
  ...STRESS,
  ...KUBERNETES,
  ...INSTALLERS,
  ...GATEWAYS,
  ...WARDLE,
};

/** Names so common that only images of these owners are meant by them. */
const OFFICIAL = new Set(['', 'library', 'docker', 'docker/library']);
const COMMON = new Set([
  ...Object.keys(LANGUAGES),
  ...['bash', 'mongo', 'whoami', 'cassandra', 'influxdb', 'elasticsearch', 'kibana', 'rabbitmq'],
  ...['webserver', 'foo'],
]);
/** Programs of which many images are made. */
const DERIVED = new Set(['nginx', 'httpd', ...Object.keys(DATABASES)]);
/** Whose images of common names are the same. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  whoami: ['traefik', 'containous'],
  'hpa-example': ['hpa-example', 'google_containers'],
  elasticsearch: ['elasticsearch'],
  kibana: ['kibana'],
};

const UNKNOWN = 'unknown';

/** Whose and which: `library/nginx` of `docker.io/library/nginx`, without the registry. */
function partsOf(image: string): readonly string[] {
  const parts = withoutTag(image).split('/');
  const [first = ''] = parts;
  const isRegistry = parts.length > 1 && (/[.:]/.test(first) || first === 'localhost');
  return isRegistry ? parts.slice(1) : parts;
}

const find = remembered(4096, (image: string): CatalogueEntry | typeof UNKNOWN => {
  const parts = partsOf(image);
  const name = parts.at(-1)!;
  const two = parts.slice(-2).join('/');
  if (Object.hasOwn(CATALOGUE, two)) return CATALOGUE[two]!;
  if (!Object.hasOwn(CATALOGUE, name)) return UNKNOWN;
  const owner = parts.slice(0, -1).join('/');
  const isMeant =
    !COMMON.has(name) || OFFICIAL.has(owner) || OTHERS[name]?.includes(parts.at(-2) ?? '') === true;
  return isMeant ? CATALOGUE[name]! : UNKNOWN;
});

/**
 * Whether an image of a common program is somebody's own make of it, which may be set up in another way.
 */
export function isDerived(image: string): boolean {
  const parts = partsOf(image);
  if (!DERIVED.has(parts.at(-1)!)) return false;
  if (parts.length > 1 && Object.hasOwn(CATALOGUE, parts.slice(-2).join('/'))) return false;
  const isKubernetes = /^(?:registry\.k8s\.io|k8s\.gcr\.io|gcr\.io)\//.test(image);
  return isKubernetes || !OFFICIAL.has(parts.slice(0, -1).join('/'));
}

const programsOf = remembered(64, (image: string): ReadonlySet<string> => {
  const { commands = [], programs = [] } = catalogued(image)!;
  return new Set([...commands, ...programs]);
});

/** Base names of all programs of an image; undefined: they are not known. */
export function allPrograms(image: string): ReadonlySet<string> | undefined {
  if (isBare(image)) return programsOf(image);
  const parts = partsOf(image);
  const name = parts.at(-1)!;
  const isOfficial = OFFICIAL.has(parts.slice(0, -1).join('/'));
  return isOfficial && Object.hasOwn(ALL_PROGRAMS, name) ? ALL_PROGRAMS[name] : undefined;
}

/** Whether an image has nothing but its own program. */
export const isBare = (image: string): boolean => catalogued(image)?.bare === true;

/** What the catalogue says of an image; undefined when nothing. */
export function catalogued(image: string): CatalogueEntry | undefined {
  const found = find(image);
  return found === UNKNOWN ? undefined : found;
}
