/**
 * What scenarios are played with: the parts of their clusters, the faults that strike them, what must hold of
 * them. Sessions, searches and their worker processes are given one; a user's own members come in by it.
 */
import { FaultCatalogue } from '../chaos/catalogue.ts';
import { withFaults } from '../chaos/healer.ts';
import { standardFaults } from '../chaos/index.ts';
import type { Fault } from '../chaos/types.ts';
import { INVARIANTS, type Invariant } from '../invariants/index.ts';
import { kubectlProgram } from '../kubectl/containerprogram.ts';
import { kubectlComponent } from '../kubectl/index.ts';
import type { WebhookBehaviour } from '../drivers/driver.ts';
import type { OwnMessages } from '../messages/index.ts';
import type { AdmissionPlugin } from '../sim/api/admission/index.ts';
import type { ResourceDefinition } from '../sim/api/resources/definition.ts';
import type { AnyComponent } from '../sim/components.ts';
import type { ClusterConfig } from '../sim/config.ts';
import type { Controller } from '../sim/controlplane/controller.ts';
import type { ImageBehaviour } from '../sim/node/world.ts';
import { type ClusterParts, standardParts } from '../sim/parts.ts';
import { CLAIM_FAMILIES } from './claims/index.ts';
import type { ClaimFamily } from './claims/types.ts';
import { OPERATION_FAMILIES } from './operations/index.ts';
import type { OwnPhrase } from './phrases/wording.ts';
import type { Kit, OperationFamily } from './types.ts';

const withKubectl: ClusterParts = {
  ...standardParts,
  components: [...standardParts.components, kubectlComponent],
  programs: { kubectl: kubectlProgram },
};

/**
 * Seatrial as it comes.
 * @example extendKit(standardKit, { settings: { nodeMonitorGracePeriodMs: 40_000 } })
 */
export const standardKit: Kit = {
  parts: withFaults(withKubectl, standardFaults),
  faults: standardFaults,
  invariants: INVARIANTS,
  operations: OPERATION_FAMILIES,
  claims: CLAIM_FAMILIES,
  phrases: [],
  messages: {},
  settings: {},
};

/** Members of one's own. */
export interface KitAdditions {
  readonly faults?: readonly Fault[];
  readonly invariants?: readonly Invariant[];
  /** Families of operations, with their phrases. */
  readonly operations?: readonly OperationFamily<any>[];
  /** Families of claims, with their phrases. */
  readonly claims?: readonly ClaimFamily<any>[];
  readonly phrases?: readonly OwnPhrase[];
  /** By key, which has a `/` in it: `example.com/ballast-shifted`. */
  readonly messages?: OwnMessages;
  /** By name, with or without a tag. */
  readonly images?: Readonly<Record<string, ImageBehaviour>>;
  /** What admission webhooks answer, by their names in their configurations. */
  readonly webhooks?: Readonly<Record<string, WebhookBehaviour>>;
  readonly controllers?: readonly Controller<any>[];
  readonly components?: readonly AnyComponent[];
  readonly admission?: readonly AdmissionPlugin[];
  readonly resources?: readonly ResourceDefinition[];
  readonly settings?: Partial<ClusterConfig>;
}

/** @throws Error when a name is taken, or given twice */
function joined<T>(
  what: string,
  have: readonly T[],
  more: readonly T[] | undefined,
  nameOf: (member: T) => string,
): readonly T[] {
  if (more === undefined) return have;
  const names = new Set(have.map(nameOf));
  for (const member of more) {
    const name = nameOf(member);
    if (names.has(name)) throw new Error(`there is ${what} named ${name} already: give it another name`);
    names.add(name);
  }
  return [...have, ...more];
}

/**
 * The kit with more in it.
 * @throws Error when a name is taken
 * @example
 * const kit = extendKit(standardKit, { images: { shop: { listens: [8080] } } });
 * new Scenario({ kit }).say('Given a cluster with 1 node');
 */
export function extendKit(kit: Kit, more: KitAdditions): Kit {
  const { parts } = kit;
  const faults =
    more.faults === undefined
      ? kit.faults
      : new FaultCatalogue(joined('a fault', kit.faults.all, more.faults, (f) => f.kind));
  const images = Object.fromEntries(
    joined('an image', Object.entries(parts.images), Object.entries(more.images ?? {}), ([name]) => name),
  );
  const webhooks = Object.fromEntries(
    joined('a webhook', Object.entries(parts.webhooks), Object.entries(more.webhooks ?? {}), ([n]) => n),
  );
  return {
    parts: withFaults(
      {
        ...parts,
        components: joined('a component', parts.components, more.components, (c) => c.component),
        controllers: joined('a controller', parts.controllers, more.controllers, (c) => c.name),
        admission: joined('an admission plugin', parts.admission, more.admission, (p) => p.name),
        resources: joined('a resource', parts.resources, more.resources, (d) => d.resource),
        images,
        webhooks,
      },
      faults,
    ),
    faults,
    invariants: joined('an invariant', kit.invariants, more.invariants, (i) => i.name),
    operations: joined('an operation', kit.operations, more.operations, (f) => f.op),
    claims: joined('a claim', kit.claims, more.claims, (f) => f.claim),
    phrases: joined('a phrase', kit.phrases, more.phrases, (p) => p.en),
    messages: Object.fromEntries(
      joined('a message', Object.entries(kit.messages), Object.entries(more.messages ?? {}), ([key]) => key),
    ),
    settings: { ...kit.settings, ...more.settings },
  };
}
