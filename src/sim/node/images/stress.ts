/** Programs that use memory and CPU as they are told: the Kubernetes documentation shows limits by them. */
import type { Catalogue, CatalogueEntry } from './entry.ts';
import { stressStarted, vishStarted } from './stressprograms.ts';

const stress: CatalogueEntry = {
  image: { listens: [] },
  user: '0',
  commands: ['stress', 'stress-ng'],
  entrypoint: ['stress'],
  started: stressStarted,
};

export const STRESS: Catalogue = {
  'polinux/stress': stress,
  'polinux/stress-ng': stress,
  'progrium/stress': stress,
  'alexeiled/stress-ng': stress,
  'colinianking/stress-ng': stress,
  'vish/stress': {
    image: { listens: [] },
    user: '0',
    commands: ['stress'],
    entrypoint: ['/stress'],
    started: vishStarted,
  },
};
