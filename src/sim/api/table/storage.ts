/**
 * Cells of volumes and claims. Models pkg/printers/internalversion/printers.go (`printPersistentVolume…`).
 */
import { canonicalQuantity } from '../quantity.ts';
import type { KubeObject } from '../types.ts';

const SHORT: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

/** `RWO,RWX`, in this order. */
export const accessModesText = (modes: readonly string[] | undefined): string =>
  Object.keys(SHORT)
    .filter((mode) => modes?.includes(mode))
    .map((mode) => SHORT[mode])
    .join(',');

export function storageText(capacity: object | undefined): string {
  const storage = (capacity as Readonly<Record<string, string | number>> | undefined)?.['storage'];
  return storage === undefined ? '0' : canonicalQuantity(storage);
}

/** Its phase, or that it is going. */
export const phaseText = ({ metadata, status }: KubeObject): string =>
  metadata.deletionTimestamp === undefined
    ? ((status as { phase?: string } | undefined)?.phase ?? '')
    : 'Terminating';

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';
/** The class as the annotation of old had it, or as the field has it. */
export const classText = ({ metadata, spec }: KubeObject): string =>
  metadata.annotations?.[BETA_CLASS] ??
  (spec as { storageClassName?: string } | undefined)?.storageClassName ??
  '';
