/**
 * The checks of a level as a version of Kubernetes has them. Models
 * k8s.io/pod-security-admission/policy/registry.go.
 */
import { remembered } from '../../../kernel/memo.ts';
import {
  appArmorProfile,
  baselineCapabilities,
  baselineSeccomp,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbes,
  hostProcess,
  privileged,
  procMount,
  seccompAnnotations,
  seLinuxOptions,
  seLinuxOptionsWithEngine,
  sysctls,
  sysctlVersions,
  unlessOwnUsers,
} from './baseline.ts';
import type { Check, Checked, Finding } from './findings.ts';
import type { LevelVersion } from './policy.ts';
import {
  allowPrivilegeEscalation,
  restrictedCapabilities,
  restrictedSeccomp,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  unlessWindows,
} from './restricted.ts';

/** A check in the forms that it took: since which minor version each. */
type Versions = readonly (readonly [minor: number, check: Check])[];

interface Registered {
  readonly id: string;
  readonly versions: Versions;
  /** Of `restricted`: the check of `baseline` that it takes the place of. */
  readonly instead?: string;
}

const BASELINE: readonly Registered[] = [
  { id: 'appArmorProfile', versions: [[0, appArmorProfile]] },
  { id: 'capabilities_baseline', versions: [[0, baselineCapabilities]] },
  { id: 'hostNamespaces', versions: [[0, hostNamespaces]] },
  { id: 'hostPathVolumes', versions: [[0, hostPathVolumes]] },
  { id: 'hostPorts', versions: [[0, hostPorts]] },
  { id: 'hostProbesAndHostLifecycle', versions: [[34, hostProbes]] },
  { id: 'privileged', versions: [[0, privileged]] },
  {
    id: 'procMount',
    versions: [
      [0, procMount],
      [35, unlessOwnUsers(procMount)],
    ],
  },
  {
    id: 'seLinuxOptions',
    versions: [
      [0, seLinuxOptions],
      [31, seLinuxOptionsWithEngine],
    ],
  },
  {
    id: 'seccompProfile_baseline',
    versions: [
      [0, seccompAnnotations],
      [19, baselineSeccomp],
    ],
  },
  { id: 'sysctls', versions: sysctlVersions.map((minor) => [minor, sysctls(minor)] as const) },
  { id: 'windowsHostProcess', versions: [[0, hostProcess]] },
];

const RESTRICTED: readonly Registered[] = [
  {
    id: 'allowPrivilegeEscalation',
    versions: [
      [8, allowPrivilegeEscalation],
      [25, unlessWindows(allowPrivilegeEscalation)],
    ],
  },
  {
    id: 'capabilities_restricted',
    versions: [
      [22, restrictedCapabilities],
      [25, unlessWindows(restrictedCapabilities)],
    ],
    instead: 'capabilities_baseline',
  },
  { id: 'procMount_restricted', versions: [[35, procMount]], instead: 'procMount' },
  { id: 'restrictedVolumes', versions: [[0, restrictedVolumes]], instead: 'hostPathVolumes' },
  {
    id: 'runAsNonRoot',
    versions: [
      [0, runAsNonRoot],
      [35, unlessOwnUsers(runAsNonRoot)],
    ],
  },
  {
    id: 'runAsUser',
    versions: [
      [23, runAsUser],
      [35, unlessOwnUsers(runAsUser)],
    ],
  },
  {
    id: 'seccompProfile_restricted',
    versions: [
      [19, restrictedSeccomp],
      [25, unlessWindows(restrictedSeccomp)],
    ],
    instead: 'seccompProfile_baseline',
  },
];

const formAt = ({ versions }: Registered, minor: number): Check[] => {
  const form = versions.findLast(([since]) => since <= minor);
  return form === undefined ? [] : [form[1]];
};

const restrictedAt = remembered(64, (minor: number): readonly Check[] => {
  const own = RESTRICTED.filter((check) => formAt(check, minor).length > 0);
  const replaced = new Set(own.map(({ instead }) => instead));
  return [...BASELINE.filter(({ id }) => !replaced.has(id)), ...own].flatMap((c) => formAt(c, minor));
});
const baselineAt = remembered(64, (minor: number): readonly Check[] =>
  BASELINE.flatMap((check) => formAt(check, minor)),
);

/** What a Pod, or a template, has that a policy forbids, in the order of the checks. */
export function findingsOf(checked: Checked, { level, minor }: LevelVersion): Finding[] {
  if (level === 'privileged') return [];
  const checks = (level === 'baseline' ? baselineAt : restrictedAt)(minor);
  return checks.flatMap((check) => check(checked) ?? []);
}

/** `host namespaces, privileged` */
export const reasonsText = (findings: readonly Finding[]): string =>
  findings.map(({ reason }) => reason).join(', ');

/** `host namespaces (hostPID=true), privileged (container "a" must not …)` */
export const detailsText = (findings: readonly Finding[]): string =>
  findings.map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`)).join(', ');
