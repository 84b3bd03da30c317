/** What options that several commands take are for. */
export const KIT_OPTION =
  'module with faults, invariants, images, controllers of your own, as its default export';
/** Where everything that runs write goes, unless `--reports` says another folder. */
export const REPORTS = 'reports';
