/** Process and component of the cluster autoscaler, and of the cloud that it asks for machines. */
export const CLUSTER_AUTOSCALER = 'cluster-autoscaler';
export const CLOUD_PROVIDER = 'cloud-provider';

/** What the autoscaler taints nodes with: those it takes away, and those it may. */
export const TO_BE_DELETED = 'ToBeDeletedByClusterAutoscaler';
export const DELETION_CANDIDATE = 'DeletionCandidateOfClusterAutoscaler';

/** The ConfigMap of kube-system that it tells its state in. */
export const STATUS = 'cluster-autoscaler-status';
