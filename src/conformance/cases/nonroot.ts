/** Who a container runs as, against what its security context allows. */
import { nonRootProblem } from '../../sim/node/kubelet/securitycontext.ts';
import { emptyWorld } from '../../sim/node/world.ts';
import type { CaseArea } from './area.ts';
import { podWith } from './kubeletwith.ts';

const IMAGES = { root: 'busybox', numbered: 'nginxinc/nginx-unprivileged', named: 'memcached', undescribed: 'example.com/app' };
type User = keyof typeof IMAGES;

const ROOT = 'container has runAsNonRoot and image will run as root';
const BREAKS = "container's runAsUser breaks non-root policy";
const NAMED = 'container has runAsNonRoot and image has non-numeric user (memcache), cannot verify user is non-root';

type Row = readonly [name: string, user: User, container: object | undefined, pod: object | undefined, problem: string | undefined];
const ROWS: readonly Row[] = [
  ['nobody says anything of a root image', 'root', undefined, undefined, undefined],
  ['nobody says anything of a named user', 'named', undefined, undefined, undefined],
  ['an empty context allows root', 'root', {}, {}, undefined],
  ['root is asked for, and nothing forbids it', 'root', { runAsUser: 0 }, undefined, undefined],
  ['a user is asked for, and nothing forbids root', 'root', { runAsUser: 1 }, undefined, undefined],
  ['runAsNonRoot is false', 'root', { runAsNonRoot: false }, undefined, undefined],
  ['runAsNonRoot is false, and root is asked for', 'root', { runAsNonRoot: false, runAsUser: 0 }, undefined, undefined],
  ['runAsNonRoot of a root image', 'root', { runAsNonRoot: true }, undefined, ROOT],
  ['runAsNonRoot of the Pod, of a root image', 'root', undefined, { runAsNonRoot: true }, ROOT],
  ['runAsNonRoot beside runAsUser 0', 'numbered', { runAsNonRoot: true, runAsUser: 0 }, undefined, BREAKS],
  ['runAsNonRoot of the Pod beside its runAsUser 0', 'numbered', undefined, { runAsNonRoot: true, runAsUser: 0 }, BREAKS],
  ['runAsNonRoot beside a user', 'root', { runAsNonRoot: true, runAsUser: 1 }, undefined, undefined],
  ['runAsNonRoot of a numbered user', 'numbered', { runAsNonRoot: true }, undefined, undefined],
  ['runAsNonRoot of a named user', 'named', { runAsNonRoot: true }, undefined, NAMED],
  ['runAsNonRoot of a named user, beside a number', 'named', { runAsNonRoot: true, runAsUser: 11 }, undefined, undefined],
  ['runAsNonRoot of the Pod, the number of the container', 'root', { runAsUser: 5 }, { runAsNonRoot: true }, undefined],
  ['runAsNonRoot of the Pod, root of the container', 'numbered', { runAsUser: 0 }, { runAsNonRoot: true }, BREAKS],
  ['a container counts over its Pod: it allows root', 'root', { runAsNonRoot: false }, { runAsNonRoot: true }, undefined],
  ['a container counts over its Pod: it forbids root', 'root', { runAsNonRoot: true }, { runAsNonRoot: false }, ROOT],
  ['a container counts over its Pod: its user', 'numbered', { runAsUser: 7 }, { runAsNonRoot: true, runAsUser: 0 }, undefined],
  ['of an image that nobody described it is taken for granted', 'undescribed', { runAsNonRoot: true }, undefined, undefined],
  ['of an image that nobody described, root that is asked for is known', 'undescribed', { runAsNonRoot: true, runAsUser: 0 }, undefined, BREAKS],
];

export const nonRootCases: CaseArea = {
  area: 'runAsNonRoot',
  source: 'pkg/kubelet/kuberuntime/security_context_test.go (TestVerifyRunAsNonRoot)',
  cases: ROWS.map(([name, user, container, pod, problem]) => ({
    name,
    run: () => {
      const said = { name: 'c', image: IMAGES[user], ...(container === undefined ? {} : { securityContext: container }) };
      const whole = podWith({ containers: [said], ...(pod === undefined ? {} : { securityContext: pod }) });
      return nonRootProblem(emptyWorld(), whole, said as never) ?? 'may run';
    },
    expected: problem === undefined ? 'may run' : `${problem} (pod: "p_ns(uid)", container: c)`,
  })),
};
