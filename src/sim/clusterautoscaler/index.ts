/** The cluster autoscaler, and the cloud that it asks for machines. */
export { clusterAutoscaler } from './autoscaler.ts';
export { defineGroup, setCapacity, setSlowness } from './cloud.ts';
export { cloudProvider } from './provider.ts';
export { CLUSTER_AUTOSCALER } from './names.ts';
export { readFlags, wordsOf } from './options.ts';
