/** Work that ends: how often it is tried, how long it may take, what disruptions count as, when it runs. */
import { EPOCH } from '../../sim/api/time.ts';
import { nextOf, scheduleOf, type Schedule } from '../../sim/api/cron.ts';
import type { ManifestObject } from '../../sim/api/manifest/read.ts';
import type { Path } from '../../sim/api/schema/check.ts';
import type { Draft, Edit, Place } from '../edit.ts';
import { count, dropped, get, jobSpecOf, list, setTo, templateOf, text } from '../shapes.ts';

const JOB = 'concepts/workloads/controllers/job/';
const CRON = 'concepts/workloads/controllers/cron-jobs/';

/** An edit of the spec of Jobs, in a Job or in the template of a CronJob. */
const ofJobs = (
  edit: Omit<Edit, 'drafts'>,
  drafts: (object: ManifestObject, place: Place, spec: Path, pod: Path) => readonly Draft[],
): Edit => ({
  ...edit,
  drafts(object, place) {
    const spec = jobSpecOf(object);
    return spec === undefined ? [] : drafts(object, place, spec, [...templateOf(object)!, 'spec']);
  },
});

const isNever = (object: ManifestObject, pod: Path): boolean =>
  text(object, [...pod, 'restartPolicy']) === 'Never';

/** As Kubernetes has it where nothing is said. */
const BACKOFF_LIMIT = 6;
const backoffLimitOf = (object: ManifestObject, spec: Path): number =>
  count(object, [...spec, 'backoffLimit']) ?? BACKOFF_LIMIT;

const backoffDropped = ofJobs(
  {
    name: 'BackoffLimitDropped',
    direction: 'weaken',
    words: {
      en: '{object}: nothing is tried twice',
      ja: '{object}: 失敗した処理をやり直さない(backoffLimit 0)',
    },
    source: JOB,
  },
  (object, place, spec) =>
    backoffLimitOf(object, spec) > 0 ? [setTo(place, [...spec, 'backoffLimit'], 0)] : [],
);

const backoffRaised = ofJobs(
  {
    name: 'BackoffLimitRaised',
    direction: 'strengthen',
    words: {
      en: '{object}: what fails is tried up to 6 times more (backoffLimit)',
      ja: '{object}: 失敗した処理を6回までやり直す(backoffLimit)',
    },
    source: `${JOB}#pod-backoff-failure-policy`,
  },
  (object, place, spec) =>
    backoffLimitOf(object, spec) < BACKOFF_LIMIT
      ? [setTo(place, [...spec, 'backoffLimit'], BACKOFF_LIMIT)]
      : [],
);

const IGNORES_DISRUPTIONS = {
  action: 'Ignore',
  onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
};

const rulesOf = (object: ManifestObject, spec: Path): readonly unknown[] =>
  list(object, [...spec, 'podFailurePolicy', 'rules']);

const ignoresDisruptions = (rule: unknown): boolean =>
  text(rule, ['action']) === 'Ignore' &&
  list(rule, ['onPodConditions']).some((c) => text(c, ['type']) === 'DisruptionTarget');

/** The policy asks for Pods that are never restarted in their place. */
const disruptionsIgnored = ofJobs(
  {
    name: 'DisruptionsIgnored',
    direction: 'strengthen',
    words: {
      en: '{object}: a pod that is evicted or loses its node does not count as failed (podFailurePolicy)',
      ja: '{object}: 退避された、またはノードを失ったPodを失敗に数えない(podFailurePolicy)',
    },
    source: `${JOB}#pod-failure-policy`,
  },
  (object, place, spec, pod) =>
    isNever(object, pod) && !rulesOf(object, spec).some(ignoresDisruptions)
      ? [
          setTo(
            place,
            [...spec, 'podFailurePolicy', 'rules'],
            [IGNORES_DISRUPTIONS, ...rulesOf(object, spec)],
          ),
        ]
      : [],
);

const failurePolicyDropped = ofJobs(
  {
    name: 'PodFailurePolicyDropped',
    direction: 'weaken',
    words: {
      en: '{object}: every failure of a pod counts the same (no podFailurePolicy)',
      ja: '{object}: Podの失敗をすべて同じに数える(podFailurePolicy省略)',
    },
    source: `${JOB}#pod-failure-policy`,
  },
  (object, place, spec) => dropped(object, place, [...spec, 'podFailurePolicy']),
);

const restartedOnFailure = ofJobs(
  {
    name: 'RestartedOnFailure',
    direction: 'strengthen',
    words: {
      en: '{object}: containers that fail are restarted in their pod (restartPolicy OnFailure)',
      ja: '{object}: 失敗したコンテナを同じPodで再起動する(restartPolicy OnFailure)',
    },
    source: `${JOB}#handling-pod-and-container-failures`,
  },
  (object, place, spec, pod) =>
    isNever(object, pod) && get(object, [...spec, 'podFailurePolicy']) === undefined
      ? [setTo(place, [...pod, 'restartPolicy'], 'OnFailure')]
      : [],
);

/** Else a Pod that cannot be ended for sure, on a node that is cut off, works on beside its replacement. */
const replacedWhenEnded = ofJobs(
  {
    name: 'ReplacedWhenEnded',
    direction: 'strengthen',
    words: {
      en: '{object}: a pod is replaced only once it has ended (podReplacementPolicy Failed)',
      ja: '{object}: Podが終わってから入れ替える(podReplacementPolicy Failed)',
    },
    source: `${JOB}#pod-replacement-policy`,
  },
  (object, place, spec) =>
    get(object, [...spec, 'podReplacementPolicy']) === undefined &&
    get(object, [...spec, 'podFailurePolicy']) === undefined
      ? [setTo(place, [...spec, 'podReplacementPolicy'], 'Failed')]
      : [],
);

const replacedEagerly = ofJobs(
  {
    name: 'ReplacedWhileEnding',
    direction: 'weaken',
    words: {
      en: '{object}: a pod is replaced while it is still ending (podReplacementPolicy)',
      ja: '{object}: まだ終わっていないPodを入れ替える(podReplacementPolicy)',
    },
    source: `${JOB}#pod-replacement-policy`,
  },
  (object, place, spec) =>
    text(object, [...spec, 'podReplacementPolicy']) === 'Failed' &&
    get(object, [...spec, 'podFailurePolicy']) === undefined
      ? dropped(object, place, [...spec, 'podReplacementPolicy'])
      : [],
);

const HOUR = 3600;

/** Undefined of what is no schedule. */
function scheduleIn(object: ManifestObject): Schedule | undefined {
  try {
    return scheduleOf(text(object, ['spec', 'schedule']) ?? '');
  } catch {
    return undefined;
  }
}

/** Seconds between the next two runs of a CronJob; undefined of what has no such schedule. */
function intervalOf(object: ManifestObject): number | undefined {
  const schedule = object.kind === 'CronJob' ? scheduleIn(object) : undefined;
  if (schedule === undefined) return undefined;
  const zone = text(object, ['spec', 'timeZone']);
  const first = nextOf(schedule, EPOCH / 1000, zone);
  const second = first === undefined ? undefined : nextOf(schedule, first, zone);
  return second === undefined ? undefined : second - first!;
}

/** Of a Pod, not of the Job: the Job makes another one, where a deadline of its own would end it. */
const podDeadlineSet = ofJobs(
  {
    name: 'PodDeadlineSet',
    direction: 'strengthen',
    words: {
      en:
        '{object}: a pod that takes more than {seconds} s has failed, and is tried again ' +
        '(activeDeadlineSeconds of the pod)',
      ja: '{object}: {seconds}秒を超えて動くPodを失敗とし、やり直す(PodのactiveDeadlineSeconds)',
    },
    source: `${JOB}#job-termination-and-cleanup`,
  },
  (object, place, _spec, pod) => {
    if (get(object, [...pod, 'activeDeadlineSeconds']) !== undefined) return [];
    const seconds = Math.min(HOUR, intervalOf(object) ?? HOUR);
    return [setTo(place, [...pod, 'activeDeadlineSeconds'], seconds, { seconds })];
  },
);

const podDeadlineDropped = ofJobs(
  {
    name: 'PodDeadlineDropped',
    direction: 'weaken',
    words: {
      en: '{object}: a pod may work for ever (no activeDeadlineSeconds of its own)',
      ja: '{object}: Podがいつまでも動いてよい(PodのactiveDeadlineSeconds省略)',
    },
    source: `${JOB}#job-termination-and-cleanup`,
  },
  (object, place, _spec, pod) => dropped(object, place, [...pod, 'activeDeadlineSeconds']),
);

const jobDeadlineLengthened = ofJobs(
  {
    name: 'JobDeadlineLengthened',
    direction: 'strengthen',
    words: {
      en: '{object}: it may take {seconds} s as a whole, four times as long (activeDeadlineSeconds)',
      ja: '{object}: 全体で4倍の{seconds}秒まで待つ(activeDeadlineSeconds)',
    },
    source: `${JOB}#job-termination-and-cleanup`,
  },
  (object, place, spec) => {
    const path = [...spec, 'activeDeadlineSeconds'];
    const now = count(object, path);
    return now === undefined ? [] : [setTo(place, path, now * 4, { seconds: now * 4 })];
  },
);

const jobDeadlineShortened = ofJobs(
  {
    name: 'JobDeadlineShortened',
    direction: 'weaken',
    words: {
      en: '{object}: it may take {seconds} s as a whole, a quarter (activeDeadlineSeconds)',
      ja: '{object}: 全体で4分の1の{seconds}秒しか待たない(activeDeadlineSeconds)',
    },
    source: `${JOB}#job-termination-and-cleanup`,
  },
  (object, place, spec) => {
    const path = [...spec, 'activeDeadlineSeconds'];
    const now = count(object, path);
    if (now === undefined || now < 4) return [];
    const seconds = Math.floor(now / 4);
    return [setTo(place, path, seconds, { seconds })];
  },
);

const concurrency = (name: string, direction: Edit['direction'], to: string, words: Edit['words']): Edit => ({
  name,
  direction,
  words,
  source: `${CRON}#concurrency-policy`,
  drafts: (object, place) =>
    object.kind === 'CronJob' && (text(object, ['spec', 'concurrencyPolicy']) ?? 'Allow') !== to
      ? [setTo(place, ['spec', 'concurrencyPolicy'], to)]
      : [],
});

const DEADLINE = ['spec', 'startingDeadlineSeconds'] as const;

/** Without, all times since the last start count; of more than a hundred the controller warns. */
const startingDeadlineSet: Edit = {
  name: 'StartingDeadlineSet',
  direction: 'strengthen',
  words: {
    en: '{object}: only starts missed in the last 200 s are counted',
    ja: '{object}: 直近200秒に逃した開始だけを数える(startingDeadlineSeconds)',
  },
  source: `${CRON}#starting-deadline`,
  drafts: (object, place) =>
    object.kind === 'CronJob' && get(object, DEADLINE) === undefined ? [setTo(place, DEADLINE, 200)] : [],
};

const startingDeadlineLengthened: Edit = {
  name: 'StartingDeadlineLengthened',
  direction: 'strengthen',
  words: {
    en: '{object}: a run may begin up to an hour late (startingDeadlineSeconds)',
    ja: '{object}: 1時間までの遅れなら起動する(startingDeadlineSeconds)',
  },
  source: `${CRON}#starting-deadline`,
  drafts: (object, place) =>
    object.kind === 'CronJob' && (count(object, DEADLINE) ?? HOUR) < HOUR
      ? [setTo(place, DEADLINE, HOUR)]
      : [],
};

const startingDeadlineShortened: Edit = {
  name: 'StartingDeadlineShortened',
  direction: 'weaken',
  words: {
    en: '{object}: a run that cannot begin within 10 s is missed (startingDeadlineSeconds)',
    ja: '{object}: 10秒以内に始められない起動は行わない(startingDeadlineSeconds)',
  },
  source: `${CRON}#starting-deadline`,
  drafts: (object, place) =>
    object.kind === 'CronJob' && (count(object, DEADLINE) ?? HOUR) > 10 ? [setTo(place, DEADLINE, 10)] : [],
};

export const jobs: readonly Edit[] = [
  backoffDropped,
  failurePolicyDropped,
  replacedEagerly,
  podDeadlineDropped,
  jobDeadlineShortened,
  concurrency('ConcurrencyAllowed', 'weaken', 'Allow', {
    en: '{object}: jobs may overlap',
    ja: '{object}: Jobが重なってよい',
  }),
  startingDeadlineShortened,
  backoffRaised,
  podDeadlineSet,
  disruptionsIgnored,
  restartedOnFailure,
  replacedWhenEnded,
  jobDeadlineLengthened,
  concurrency('ConcurrencyForbidden', 'strengthen', 'Forbid', {
    en: '{object}: a job that is not over holds the next one back',
    ja: '{object}: 終わっていないJobがあれば次を始めない',
  }),
  concurrency('ConcurrencyReplaced', 'strengthen', 'Replace', {
    en: '{object}: a job that is not over makes way for the next one (concurrencyPolicy Replace)',
    ja: '{object}: 終わっていないJobを止めて次を始める(concurrencyPolicy Replace)',
  }),
  startingDeadlineSet,
  startingDeadlineLengthened,
];
