/** How a patch is read; Kubernetes' media types `merge-patch`, `strategic-merge-patch`, `json-patch`. */
export type PatchType = 'merge' | 'strategic' | 'json';
