/**
 * `-k` and `kubectl kustomize`: a folder whose kustomization file says what is made of manifests. kustomize
 * is a program of its own, which whoever runs commands has or has not.
 * Source: staging/src/k8s.io/cli-runtime/pkg/resource/kustomizevisitor.go.
 */
import { KubectlError } from './errors.ts';
import type { KubectlIO } from './session.ts';

/** How its file may be called. Source: sigs.k8s.io/kustomize/api/konfig/general.go. */
const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Whether a folder is to be rendered. */
export const isKustomization = (folder: string, { list }: Pick<KubectlIO, 'list'>): boolean =>
  list?.(folder)?.some((name) => NAMES.includes(name)) === true;

/** The manifests that a folder comes to. @throws KubectlError as kustomize words it, or with advice */
export function kustomized(folder: string, { kustomize }: Pick<KubectlIO, 'kustomize'>): string {
  if (kustomize === undefined)
    throw new KubectlError(
      `kustomize, which renders ${folder}, is a program that cannot be run here: write what it makes to a ` +
        'file where it can (kubectl kustomize DIR > FILE), and apply that (kubectl apply -f FILE)',
    );
  try {
    return kustomize(folder);
  } catch (error) {
    throw new KubectlError((error as Error).message.replace(/^(?:error|Error): /, '').trimEnd());
  }
}
