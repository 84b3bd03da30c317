/** Cards of two sentences about what a reader meets, topic by topic. */
import type { Concept } from './concept.ts';
import { CONTROL } from './control.ts';
import { NETWORK } from './network.ts';
import { NODES } from './nodes.ts';
import { PODS } from './pods.ts';
import { STORAGE } from './storage.ts';
import { WORKLOADS } from './workloads.ts';

export type { Concept };

export const CONCEPTS: readonly Concept[] = [
  ...PODS,
  ...WORKLOADS,
  ...NODES,
  ...NETWORK,
  ...STORAGE,
  ...CONTROL,
];
