/** Storage: the drivers that make disks and bring them to nodes, and what may be wrong with it. */
export { csiController } from './csicontroller.ts';
export { CSI_CONTROLLER } from './names.ts';
export {
  emptyDisk,
  fillDisk,
  loseZone,
  restoreAttach,
  restoreDetach,
  restoreZone,
  stopAttach,
  stopDetach,
} from './trouble.ts';
