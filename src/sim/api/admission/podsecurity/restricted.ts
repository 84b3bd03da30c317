/** The checks of the level `restricted`. Models k8s.io/pod-security-admission/policy/check_*.go. */
import type { IVolume } from 'kubernetes-models/v1';
import { badSeccomp, baselineSeccomp, fitsSeccomp } from './baseline.ts';
import {
  containersOf,
  containersText,
  counted,
  isWindows,
  namesWhere,
  quoted,
  settersText,
  sorted,
  type Check,
} from './findings.ts';

/** @param check that does not count for Windows, which has no such thing */
export const unlessWindows =
  (check: Check): Check =>
  (checked) =>
    isWindows(checked) ? undefined : check(checked);

export const allowPrivilegeEscalation: Check = (checked) => {
  const bad = namesWhere(checked, (c) => c.securityContext?.allowPrivilegeEscalation !== false);
  return bad.length === 0
    ? undefined
    : {
        reason: 'allowPrivilegeEscalation != false',
        detail: `${containersText(bad)} must set securityContext.allowPrivilegeEscalation=false`,
      };
};

export const restrictedCapabilities: Check = (checked) => {
  const keeping = namesWhere(checked, (c) => !(c.securityContext?.capabilities?.drop ?? []).includes('ALL'));
  const added = (c: ReturnType<typeof containersOf>[number]): string[] =>
    (c.securityContext?.capabilities?.add ?? []).filter((name) => name !== 'NET_BIND_SERVICE');
  const adding = namesWhere(checked, (c) => added(c).length > 0);
  const details = [
    ...(keeping.length === 0
      ? []
      : [`${containersText(keeping)} must set securityContext.capabilities.drop=["ALL"]`]),
    ...(adding.length === 0
      ? []
      : [
          `${containersText(adding)} must not include ` +
            `${quoted(sorted(containersOf(checked).flatMap(added)))} in securityContext.capabilities.add`,
        ]),
  ];
  return details.length === 0
    ? undefined
    : { reason: 'unrestricted capabilities', detail: details.join('; ') };
};

const VOLUMES =
  'configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret'.split(' ');
const OTHERS = (
  'hostPath gcePersistentDisk awsElasticBlockStore gitRepo nfs iscsi glusterfs rbd flexVolume cinder ' +
  'cephfs flocker fc azureFile vsphereVolume quobyte azureDisk photonPersistentDisk portworxVolume ' +
  'scaleIO storageos'
).split(' ');

export const restrictedVolumes: Check = ({ spec }) => {
  const isOf = (volume: IVolume, kinds: readonly string[]): string | undefined =>
    kinds.find((kind) => volume[kind as keyof IVolume] !== undefined);
  const bad = (spec.volumes ?? []).filter((volume) => isOf(volume, VOLUMES) === undefined);
  if (bad.length === 0) return undefined;
  const types = sorted(bad.map((volume) => isOf(volume, OTHERS) ?? 'unknown'));
  return {
    reason: 'restricted volume types',
    detail:
      `${counted(bad.length, 'volume')} ${quoted(bad.map(({ name }) => name))} ` +
      `${counted(bad.length, 'uses', 'use')} ${counted(types.length, 'restricted volume type')} ` +
      quoted(types),
  };
};

export const runAsNonRoot: Check = (checked) => {
  const ofPod = checked.spec.securityContext?.runAsNonRoot;
  const setters = settersText(
    ofPod === false,
    namesWhere(checked, (c) => c.securityContext?.runAsNonRoot === false),
  );
  const reason = 'runAsNonRoot != true';
  if (setters !== '') return { reason, detail: `${setters} must not set securityContext.runAsNonRoot=false` };
  const silent =
    ofPod === true ? [] : namesWhere(checked, (c) => c.securityContext?.runAsNonRoot === undefined);
  return silent.length === 0
    ? undefined
    : { reason, detail: `pod or ${containersText(silent)} must set securityContext.runAsNonRoot=true` };
};

export const runAsUser: Check = (checked) => {
  const setters = settersText(
    checked.spec.securityContext?.runAsUser === 0,
    namesWhere(checked, (c) => c.securityContext?.runAsUser === 0),
  );
  return setters === ''
    ? undefined
    : { reason: 'runAsUser=0', detail: `${setters} must not set runAsUser=0` };
};

export const restrictedSeccomp: Check = (checked) => {
  const { pod, containers } = badSeccomp(checked);
  if (pod || containers.length > 0) return baselineSeccomp(checked);
  const ofPod = checked.spec.securityContext?.seccompProfile?.type;
  const silent =
    ofPod !== undefined && fitsSeccomp(ofPod)
      ? []
      : namesWhere(checked, (c) => c.securityContext?.seccompProfile === undefined);
  return silent.length === 0
    ? undefined
    : {
        reason: 'seccompProfile',
        detail:
          `pod or ${containersText(silent)} must set securityContext.seccompProfile.type to ` +
          '"RuntimeDefault" or "Localhost"',
      };
};
