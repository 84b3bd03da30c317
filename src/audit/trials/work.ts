/** What happens to work that ends: to a run of a Job, and to a CronJob when a run is due. */
import { yamlOf } from '../../edits/manifests.ts';
import { containersOf, text } from '../../edits/shapes.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { Work } from '../subject.ts';
import {
  FILLER,
  fillers,
  namedBy,
  QUOTA,
  readBy,
  webhooksIn,
  withOtherValue,
  withoutKey,
} from './surroundings.ts';
import {
  kubectl,
  steps,
  what,
  type Due,
  type Ground,
  type Likelihood,
  type Line,
  type TrialKind,
} from './trial.ts';

type Drawn = ReturnType<TrialKind['trials']>;
type OfWork = (ground: Ground) => Drawn;

/** What stands before a run, and what happens to it. */
interface Around {
  readonly before?: readonly Line[];
  readonly after: readonly Line[];
}

/** Long enough for what a Pod of a node that is lost waits for. */
const LASTING = '10 minutes';

/** One run of its own, within the trial. */
function run(work: Work, of: string, { before = [], after }: Around): Drawn[number] {
  const start = [{ op: 'namespace', name: work.namespace } as const, ...work.images, ...steps(...before)];
  const { place, job, tookMs, durations } = work;
  return {
    name: `${what(work)}: ${of}`,
    workload: place,
    runs: { place, after: start.length, job, tookMs, durations },
    operations: [...start, ...steps(...after)],
  };
}

const podOf = ({ job }: Work): string => `a pod matching "job-name=${job}"`;
const runs = ({ job }: Work): string =>
  `Then within 5 minutes at least 1 pod matching "job-name=${job}" is running`;

/** Work that is seen for less is over before anything that is told by the API gets there. */
const SEEN_MS = 100;
const isMet = ({ seenMs }: Work): boolean => seenMs >= SEEN_MS;

/** While a Pod of it works. */
const meanwhile =
  (of: string, lines: (work: Work) => readonly Line[]): OfWork =>
  ({ works }) =>
    works.filter(isMet).map((work) => run(work, of, { after: [runs(work), ...lines(work)] }));

const eachNode =
  (of: (node: string) => string, lines: (node: string) => readonly Line[]): OfWork =>
  ({ works, nodes }) =>
    works
      .filter(isMet)
      .flatMap((work) => nodes.map((node) => run(work, of(node), { after: [runs(work), ...lines(node)] })));

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Runs that are due while nothing can run. */
const PILED = 3;

/** Before its next run is due. */
function due(
  work: Work,
  of: string,
  { times, by }: Pick<Due, 'times' | 'by'>,
  lines: (next: NonNullable<Work['next']>) => readonly Line[],
): Drawn {
  const { next, place, namespace, name } = work;
  if (next === undefined) return [];
  return [
    {
      name: `${what(work)}: ${of}`,
      workload: place,
      due: { place, job: name, times, from: next.at, by },
      operations: [
        { op: 'namespace', name: namespace } as const,
        ...work.images,
        ...steps(`When the clock reaches "${rfc3339(next.at - MINUTE_MS)}"`, ...lines(next)),
      ],
    },
  ];
}

const seconds = (ms: Millis): string => `${Math.round(ms / 1000)} seconds`;
const isFrequent = ({ next }: Work): boolean => next !== undefined && next.everyMs <= HOUR_MS;

/** What it reads is not as the manifests have it, until they are applied once more. */
const configured =
  (of: string, line: typeof withoutKey): OfWork =>
  ({ works, manifests: { objects } }) =>
    works.flatMap((work) =>
      readBy(objects, work).map((read) =>
        run(work, `${of}: ${read.key} of ${read.kind.toLowerCase()}/${read.name}, for 5 minutes`, {
          before: [line(read, work)],
          after: ['When 5 minutes pass', ['When the manifest:', yamlOf(objects[read.place]!)]],
        }),
      ),
    );

const webhooksDown = (ground: Ground): Drawn => {
  const found = webhooksIn(ground.manifests.objects);
  const down = found
    .flatMap((f) => f.names)
    .map((name) => `When admission webhook "${name}" is down for ${LASTING}`);
  if (down.length === 0) return [];
  const of = `admission webhooks are down for ${LASTING}`;
  const meanwhileDeleted = meanwhile(`${of} while a pod is deleted`, (work) => [
    ...down,
    `When ${podOf(work)} is deleted`,
    `When ${LASTING} pass`,
  ])(ground);
  const whenDue = ground.works.flatMap((work) =>
    due(work, `${of} when a run is due`, { times: 1, by: 'missed' }, () => [...down, `When ${LASTING} pass`]),
  );
  return [...meanwhileDeleted, ...whenDue].map((trial) => ({ ...trial, about: found.map((f) => f.place) }));
};

/** So seldom a run that hangs holds none of the next three back that anybody waits for. */
const SELDOM_MS = 24 * HOUR_MS;
const NO_IMAGE = 'registry.invalid/mistyped:none';

/** Of a Job's own template nothing can be rolled out: it cannot be changed. */
const wrongImage: OfWork = ({ works, manifests: { objects } }) =>
  works.flatMap((work) => {
    if ((work.next?.everyMs ?? Infinity) > SELDOM_MS) return [];
    const { place, namespace, name } = work;
    const containers = containersOf(objects[place]!).flatMap((c) => {
      const image = text(c.container, ['image']);
      return image === undefined ? [] : [{ name: c.name, image }];
    });
    const set = (images: readonly string[]): string =>
      kubectl(`set image cronjob/${name} ${images.join(' ')}`, { namespace });
    return due(
      work,
      'an image that does not exist is rolled out when a run is due, and rolled back before ' +
        `${PILED} more are`,
      { times: PILED + 1, by: 'missed' },
      ({ everyMs }) => [
        [`Given image "${NO_IMAGE}" behaves as:`, 'pull: missing'],
        set(containers.map((c) => `${c.name}=${NO_IMAGE}`)),
        `When ${seconds(MINUTE_MS + everyMs / 2)} pass`,
        set(containers.map((c) => `${c.name}=${c.image}`)),
        `When ${seconds(PILED * everyMs)} pass`,
      ],
    );
  });

/** Of kinds that others meet too. */
const SHARED: Readonly<Record<string, OfWork>> = {
  'a node loses power': eachNode(
    (node) => `${node} loses power`,
    (node) => [`When node "${node}" loses power for ${LASTING}`, `When ${LASTING} pass`],
  ),
  'nodes are rebooted in turn': meanwhile('nodes are drained, rebooted and uncordoned in turn', () => [
    'When each node is drained, rebooted and uncordoned in turn',
  ]),
  'the API server is down': meanwhile(`the API server is down for ${LASTING}`, () => [
    `When the api server is down for ${LASTING}`,
    `When ${LASTING} pass`,
  ]),
  'cluster DNS fails': ({ works }) =>
    works.map((work) =>
      run(work, 'cluster DNS fails for 5 minutes', {
        before: ['When DNS fails for 5 minutes'],
        after: ['When 5 minutes pass'],
      }),
    ),
  'a pod is deleted': meanwhile('a pod is deleted', (work) => [`When ${podOf(work)} is deleted`]),
  'a container crashes': meanwhile('a container crashes', (work) => [
    `When a container of ${podOf(work)} crashes`,
  ]),
  'a container is killed for want of memory': meanwhile(
    'a container is killed for want of memory',
    (work) => [`When a container of ${podOf(work)} is OOM-killed`],
  ),
  'the quota is used up': ({ works }) =>
    works.map((work) =>
      run(work, 'the quota is used up for 5 minutes', {
        before: [kubectl(`create quota ${QUOTA} --hard=pods=0`, work)],
        after: ['When 5 minutes pass', kubectl(`delete quota ${QUOTA}`, work)],
      }),
    ),
  'no node has CPU left': ({ works, cpu, nodes }) =>
    works.map((work) =>
      run(work, 'no node has CPU left for 5 minutes', {
        before: [['When the manifest:', fillers(cpu, nodes.length)], 'When 1 minute passes'],
        after: ['When 5 minutes pass', kubectl(`delete deployment ${FILLER}`, work)],
      }),
    ),
  'its configuration lacks a key': configured('its configuration lacks a key', withoutKey),
  'its configuration is broken': configured('its configuration is broken', withOtherValue),
  'admission webhooks are down': webhooksDown,
  'an image that does not exist is rolled out': wrongImage,
  'a Service that it names is gone': (ground) =>
    ground.works.flatMap((work) =>
      namedBy(ground, work).map(({ service, gone, back }) =>
        run(work, `nobody is behind ${service} for 5 minutes`, {
          before: [...gone, 'When 1 minute passes'],
          after: ['When 4 minutes pass', ...back],
        }),
      ),
    ),
};

const kindOf = (kind: string, ja: string, likelihood: Likelihood, trials: OfWork): TrialKind => ({
  kind,
  ja,
  likelihood,
  trials,
});

const OWN: readonly TrialKind[] = [
  kindOf(
    'a node reboots without warning',
    'ノードが突然再起動する',
    'common',
    eachNode(
      (node) => `${node} reboots without warning`,
      (node) => [`When node "${node}" reboots`],
    ),
  ),
  kindOf(
    'a node is cut off from the network',
    'ノードがネットワークから切り離される',
    'rare',
    eachNode(
      (node) => `${node} is cut off from the network for ${LASTING}`,
      (node) => [`When node "${node}" loses its network for ${LASTING}`, `When ${LASTING} pass`],
    ),
  ),
  kindOf('its image cannot be pulled', 'イメージをpullできない', 'common', ({ works }) =>
    works.map((work) =>
      run(work, 'no image can be pulled for 5 minutes', {
        before: ['When no image can be pulled for 5 minutes'],
        after: ['When 5 minutes pass'],
      }),
    ),
  ),
  kindOf('its work hangs', '処理が終わらなくなる', 'common', ({ works }) =>
    works
      .filter((work) => work.images.length > 0)
      .map((work) =>
        run(work, 'what its first pod does never ends', {
          before: work.images.map(
            ({ image }) => [`Given image "${image}" behaves as:`, 'listens: []'] as const,
          ),
          after: [
            runs(work),
            ...work.images.map(
              ({ image, behaviour }) => [`Given image "${image}" behaves as:`, behaviour] as const,
            ),
          ],
        }),
      ),
  ),
  kindOf(
    'the controller manager is down when a run is due',
    '起動時刻にコントローラーマネージャーが停止している',
    'rare',
    ({ works }) =>
      works.flatMap((work) => {
        const forMs = Math.min(10 * MINUTE_MS, MINUTE_MS + (work.next?.everyMs ?? 0) / 2);
        const of = `the controller manager is down for ${seconds(forMs)} when a run is due`;
        return due(work, of, { times: 1, by: 'missed' }, () => [
          `When the controller manager is down for ${seconds(forMs)}`,
          `When ${seconds(forMs)} pass`,
        ]);
      }),
  ),
  kindOf(
    'no node has CPU left when runs are due',
    '起動時刻にどのノードにもCPUの空きがない',
    'common',
    ({ works, cpu, nodes }) =>
      works
        .filter(isFrequent)
        .flatMap((work) =>
          due(
            work,
            `no node has CPU left when ${PILED} runs are due`,
            { times: PILED, by: 'atOnce' },
            ({ everyMs }) => [
              ['When the manifest:', fillers(cpu, nodes.length)],
              `When ${seconds(PILED * everyMs)} pass`,
              kubectl(`delete deployment ${FILLER}`, work),
            ],
          ),
        ),
  ),
  kindOf(
    'a run hangs when others are due',
    '実行が終わらないうちに次の起動時刻が来る',
    'common',
    ({ works }) =>
      works
        .filter((work) => isFrequent(work) && work.images.length > 0)
        .flatMap((work) =>
          due(
            work,
            `what a run does never ends, and ${PILED} more are due`,
            { times: PILED + 1, by: 'missed' },
            ({ everyMs, job }) => [
              ...work.images.map(
                ({ image }) => [`Given image "${image}" behaves as:`, 'listens: []'] as const,
              ),
              `Then within 5 minutes at least 1 pod matching "job-name=${job}" is running`,
              ...work.images.map(
                ({ image, behaviour }) => [`Given image "${image}" behaves as:`, behaviour] as const,
              ),
              `When ${seconds(PILED * everyMs)} pass`,
            ],
          ),
        ),
  ),
];

/** All kinds, of which some happen to work as well. */
export const withWork = (kinds: readonly TrialKind[]): readonly TrialKind[] => [
  ...kinds.map((one): TrialKind => {
    const more = SHARED[one.kind];
    return more === undefined ? one : { ...one, trials: (g) => [...one.trials(g), ...more(g)] };
  }),
  ...OWN,
];
