/** The physical world: machines, what runs on them, the images they pull, the wires between them. Plain data. */
import type { Millis } from '../kernel/types.ts';

/** What a container of an image does (VOCABULARY, *Images*); absent keys mean a server that starts in about a second and runs on. */
export interface ImageBehaviour {
  /** Pull time in ms, or missing from every registry. */
  pullMs?: Millis | 'missing';
  /** From process start until it listens. */
  startupMs?: Millis;
  /** Ports it listens on; absent: the container's declared ports. */
  listens?: readonly number[];
  /** Path to content, in the image's layer. */
  files?: Readonly<Record<string, string>>;
  /** HTTP path to a file path, or to a status and a time to answer. */
  http?: Readonly<Record<string, string | { status: number; afterMs?: Millis }>>;
  memory?: string | { start: string; grow: string; perMs: Millis };
  cpu?: string | { perRequest: string };
  exits?: { afterMs: Millis; code: number };
  ignoresSigterm?: boolean;
  logs?: readonly string[];
}

/** One container process of the runtime; a restart makes a new one with a fresh layer. */
export interface RuntimeContainer {
  readonly id: string;
  readonly podUid: string;
  readonly podNamespace: string;
  readonly podName: string;
  readonly name: string;
  readonly image: string;
  readonly attempt: number;
  readonly init: boolean;
  state: 'created' | 'running' | 'exited';
  createdAt: Millis;
  startedAt: Millis;
  finishedAt: Millis;
  exitCode: number;
  /** Kubernetes' termination reason: Completed, Error, OOMKilled, ContainerCannotRun. */
  reason: string;
  /** Files changed over the image's layer: path to content, null where deleted. */
  files: Map<string, string | null>;
  logs: { at: Millis; line: string }[];
  /** Faults at work in the process, e.g. hang, slow answers, refused connections; by fault name. */
  faults: Map<string, Readonly<Record<string, number | string | boolean>>>;
  signalledAt: Millis;
}

export interface Sandbox {
  readonly id: string;
  readonly podUid: string;
  readonly podNamespace: string;
  readonly podName: string;
  readonly ip: string;
  ready: boolean;
}

export interface Machine {
  readonly name: string;
  power: 'on' | 'off' | 'booting';
  bootedAt: Millis;
  /** Changes at each boot, as /proc/sys/kernel/random/boot_id. */
  bootId: string;
  runtimeUp: boolean;
  readonly ip: string;
  capacity: { cpu: string; memory: string; pods: string; ephemeralStorage: string };
  labels: Record<string, string>;
  taints: { key: string; value?: string; effect: string }[];
  sandboxes: Map<string, Sandbox>;
  containers: Map<string, RuntimeContainer>;
  /** Images present, with when they came. */
  images: Map<string, Millis>;
  nextContainer: number;
}

export interface World {
  machines: Map<string, Machine>;
  /** Image behaviours by reference; looked up exactly, then without tag. */
  images: Map<string, ImageBehaviour>;
  network: {
    /** Pairs of nodes that cannot reach each other, keyed `a|b` with a < b. */
    partitions: Set<string>;
    /** Nodes that cannot reach the control plane. */
    cutOff: Set<string>;
    nextPodIp: Map<string, number>;
  };
}
