/**
 * What a profile of `kubectl debug` gives the container that it adds. Source:
 * staging/src/k8s.io/kubectl/pkg/cmd/debug/profiles.go.
 */
import type { Container, Pod, PodSpec } from '../../sim/api/types.ts';
import { KubectlError } from '../errors.ts';

/** How one looks: from beside the Pod's containers, at a copy of the Pod, at the node. */
export type DebugStyle = 'ephemeral' | 'copy' | 'node';

/** What of the Pod a copy keeps. */
export interface Kept {
  readonly labels: boolean;
  readonly annotations: boolean;
  readonly liveness: boolean;
  readonly readiness: boolean;
  readonly startup: boolean;
  readonly initContainers: boolean;
}

type Security = NonNullable<Container['securityContext']>;

const PROFILES = ['legacy', 'general', 'baseline', 'restricted', 'netadmin', 'sysadmin'] as const;
export type ProfileName = (typeof PROFILES)[number];

/** @throws KubectlError */
export function profileNamed(name: string): ProfileName {
  const found = PROFILES.find((profile) => profile === name);
  if (found === undefined) throw new KubectlError(`unknown profile: ${name}`);
  return found;
}

const change = (pod: Pod, name: string, to: (container: Container) => Container): Pod => {
  const each = (list: readonly Container[] | undefined): Container[] | undefined =>
    list?.map((c) => (c.name === name ? to(c) : c));
  const { ephemeralContainers } = pod.spec;
  return {
    ...pod,
    spec: {
      ...pod.spec,
      containers: each(pod.spec.containers)!,
      ...(ephemeralContainers === undefined
        ? {}
        : { ephemeralContainers: each(ephemeralContainers as Container[]) as typeof ephemeralContainers }),
    },
  };
};

const withSpec = (pod: Pod, spec: Partial<PodSpec>): Pod => ({ ...pod, spec: { ...pod.spec, ...spec } });

const withSecurity = (pod: Pod, name: string, to: (security: Security) => Security): Pod =>
  change(pod, name, (c) => ({ ...c, securityContext: to(c.securityContext ?? {}) }));

const withoutSecurity = (pod: Pod, name: string): Pod =>
  change(pod, name, ({ securityContext: _, ...container }) => container);

const withCapabilities = (pod: Pod, name: string, ...added: string[]): Pod =>
  withSecurity(pod, name, (s) => ({
    ...s,
    capabilities: { ...s.capabilities, add: [...(s.capabilities?.add ?? []), ...added] },
  }));

const restricted = (pod: Pod, name: string): Pod =>
  withSecurity(pod, name, ({ capabilities, ...s }) => {
    const { add: _, ...others } = capabilities ?? {};
    return {
      ...s,
      runAsNonRoot: true,
      capabilities: { ...others, drop: ['ALL'] },
      allowPrivilegeEscalation: false,
      seccompProfile: { type: 'RuntimeDefault' },
    };
  });

const ROOT = 'host-root';
const withMachineRoot = (pod: Pod, name: string): Pod =>
  change(
    withSpec(pod, { volumes: [...(pod.spec.volumes ?? []), { name: ROOT, hostPath: { path: '/' } }] }),
    name,
    (c) => ({ ...c, volumeMounts: [...(c.volumeMounts ?? []), { name: ROOT, mountPath: '/host' }] }),
  );

const inHostNamespaces = (pod: Pod): Pod =>
  withSpec(pod, { hostNetwork: true, hostPID: true, hostIPC: true });

function withoutWhatIsNotKept({ metadata, ...pod }: Pod, kept: Kept): Pod {
  const { labels, annotations, ...bare } = metadata;
  const { initContainers, ...spec } = pod.spec;
  const containers = spec.containers.map(({ livenessProbe, readinessProbe, startupProbe, ...container }) => ({
    ...container,
    ...(kept.liveness && livenessProbe !== undefined ? { livenessProbe } : {}),
    ...(kept.readiness && readinessProbe !== undefined ? { readinessProbe } : {}),
    ...(kept.startup && startupProbe !== undefined ? { startupProbe } : {}),
  }));
  return {
    ...pod,
    metadata: {
      ...bare,
      ...(kept.labels && labels !== undefined ? { labels } : {}),
      ...(kept.annotations && annotations !== undefined ? { annotations } : {}),
    },
    spec: {
      ...spec,
      containers,
      ...(kept.initContainers && initContainers !== undefined ? { initContainers } : {}),
    },
  };
}

/** A copy in which all see each other's processes, unless it was told otherwise. */
const asCopy = (pod: Pod, kept: Kept): Pod =>
  withSpec(withoutWhatIsNotKept(pod, kept), {
    shareProcessNamespace: pod.spec.shareProcessNamespace ?? true,
  });

/** The Pod with a container of that name as the profile has it. */
export function withProfile(
  profile: ProfileName,
  pod: Pod,
  name: string,
  style: DebugStyle,
  kept: Kept,
): Pod {
  const copied = (p: Pod): Pod => (style === 'copy' ? asCopy(p, kept) : p);
  switch (profile) {
    case 'legacy': {
      if (style === 'node') return inHostNamespaces(withMachineRoot(pod, name));
      const { labels: _, ...metadata } = pod.metadata;
      return style === 'copy' ? { ...pod, metadata } : pod;
    }
    case 'general':
      return style === 'node'
        ? inHostNamespaces(withoutSecurity(withMachineRoot(pod, name), name))
        : withCapabilities(copied(pod), name, 'SYS_PTRACE');
    case 'baseline':
      return copied(withoutSecurity(pod, name));
    case 'restricted':
      return copied(restricted(withoutSecurity(pod, name), name));
    case 'netadmin': {
      const able = withCapabilities(pod, name, 'NET_ADMIN', 'NET_RAW');
      return style === 'node' ? inHostNamespaces(able) : copied(able);
    }
    case 'sysadmin': {
      const able = withSecurity(pod, name, (s) => ({ ...s, privileged: true }));
      return style === 'node' ? withMachineRoot(inHostNamespaces(able), name) : copied(able);
    }
  }
}
