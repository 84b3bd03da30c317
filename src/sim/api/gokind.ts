/** Kinds as Go prints them. Models staging/src/k8s.io/apimachinery/pkg/runtime/schema/group_version.go. */
import type { KubeObject } from './types.ts';

/** A group and a version as Go prints them: `apps/v1`, `/v1` of the core group. */
export const goVersion = (apiVersion: string): string =>
  apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;

/** A kind as Go prints it: `apps/v1, Kind=Deployment`, `/v1, Kind=Pod`. */
export const goKind = ({ apiVersion = '', kind = '' }: Partial<KubeObject>): string =>
  `${goVersion(apiVersion)}, Kind=${kind}`;
