/** The catalogue of images as a page of the documentation, and as `seatrial images` lists it. */
import { DEFAULT_STARTUP_MS } from '../images.ts';
import type { ImageBehaviour } from '../world.ts';
import { DATABASES } from './databases.ts';
import type { Catalogue, CatalogueEntry } from './entry.ts';
import { GATEWAYS } from './gateways.ts';
import { INSTALLERS } from './installers.ts';
import { KUBERNETES } from './kubernetes.ts';
import { LANGUAGES } from './languages.ts';
import { QUEUES } from './queues.ts';
import { SHELLS } from './shells.ts';
import { STRESS } from './stress.ts';
import { WARDLE } from './wardle.ts';
import { WEB } from './web.ts';

/** Families of images, each of a file of the catalogue. */
export const FAMILIES: readonly { readonly title: string; readonly images: Catalogue }[] = [
  { title: 'Web servers', images: WEB },
  { title: 'Databases and caches', images: DATABASES },
  { title: 'Queues', images: QUEUES },
  { title: 'Languages', images: LANGUAGES },
  { title: 'Shells and distributions', images: SHELLS },
  { title: "Kubernetes' own", images: KUBERNETES },
  { title: 'API servers', images: WARDLE },
  { title: 'Ingress controllers', images: GATEWAYS },
  { title: 'Installers', images: INSTALLERS },
  { title: 'Loads', images: STRESS },
];

const seconds = (ms: number): string => (ms === 0 ? 'at once' : `${ms / 1000} s`);

const memoryOf = ({ memory }: ImageBehaviour): string | undefined =>
  typeof memory === 'object' ? `${memory.start}, growing` : memory;

const cpuOf = ({ cpu }: ImageBehaviour): string | undefined =>
  typeof cpu === 'object' ? `${cpu.perRequest} a request` : cpu;

/** What is said of an image, by name of what is said; what it does not have is left out. */
export function factsOf({ image, user, started }: CatalogueEntry): readonly (readonly [string, string])[] {
  const { listens, startupMs, files, http, root, speaksHttp, exits, stopSignal, stopCode, logs, shell } =
    image;
  const ports = listens === undefined ? 'those it declares' : listens.length === 0 ? '' : listens.join(', ');
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['pulled', image.pullMs === 'missing' ? 'never: no registry has it' : undefined],
    ['ports', shell === true ? undefined : ports || undefined],
    ['listens after', shell === true || ports === '' ? undefined : seconds(startupMs ?? DEFAULT_STARTUP_MS)],
    ['speaks', speaksHttp === false ? 'a protocol of its own, no HTTP' : undefined],
    ['answers', http === undefined ? undefined : Object.keys(http).join(', ')],
    ['serves', root === undefined ? undefined : root || 'its root'],
    ['files', files === undefined ? undefined : Object.keys(files).join(', ')],
    ['runs', shell === true ? 'the command of its container, in a shell' : undefined],
    ['ends', exits === undefined ? undefined : `after ${seconds(exits.afterMs)} with ${exits.code}`],
    [
      'is stopped by',
      stopSignal === undefined ? undefined : `SIG${stopSignal}, having answered what it took`,
    ],
    ['ends when stopped with', stopCode === undefined ? undefined : String(stopCode)],
    ['memory', memoryOf(image)],
    ['CPU', cpuOf(image)],
    ['user', user === undefined || user === '0' ? undefined : user],
    ['prints at its start', logs === undefined || logs.length === 0 ? undefined : logs.join(' / ')],
    ['reads', started === undefined ? undefined : 'its command line, variables and files for what differs'],
  ];
  return facts.flatMap(([name, said]) => (said === undefined ? [] : [[name, said] as const]));
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** `docs/images.md`, written by `npm run generate`. */
export function imagesPage(): string {
  const count = FAMILIES.reduce((sum, { images }) => sum + Object.keys(images).length, 0);
  return [
    '# Images',
    '',
    '<!-- Written by `npm run generate` from the catalogue in src/sim/node/images: change it there. -->',
    '',
    `What containers of ${count} images do, by the images' own documentation; \`npx seatrial images\` ` +
      'lists them too. An image is known by the last part of its name, or the last two, whatever its ' +
      'registry and tag. Of all others it is assumed that they do what a working manifest needs (they ' +
      'listen on the ports that are declared, probed or sent to, and answer 200), and each run says so. A ' +
      'scenario says otherwise of any image:',
    '',
    '```gherkin',
    'Given image "example.com/shop:1.2" behaves as:',
    '  """yaml',
    '  startup: 3s',
    '  listens: [8080]',
    '  """',
    '```',
    '',
    `Where nothing else is said, a server listens after ${seconds(DEFAULT_STARTUP_MS)}, runs as root and ` +
      'ends at SIGTERM with 0.',
    '',
    ...FAMILIES.flatMap(({ title, images }) => [
      `## ${title}`,
      '',
      '| image | |',
      '|---|---|',
      ...Object.entries(images).map(
        ([name, entry]) =>
          `| \`${name}\` | ${factsOf(entry)
            .map(([what, said]) => `${what}: ${cell(said)}`)
            .join('; ')} |`,
      ),
      '',
    ]),
  ].join('\n');
}
