/** What options that several commands take are for. */
export const KIT_OPTION =
  'module with faults, invariants, images, controllers of your own, as its default export';
export const SKIP_UNSUPPORTED =
  'leave documents out of manifests whose kinds are not simulated, and say which';
/** Where everything that runs write goes, unless `--reports` says another folder. */
export const REPORTS = 'reports';
