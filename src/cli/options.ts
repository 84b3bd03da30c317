/** What options that several commands take are for. */
export const KIT_OPTION =
  'module with faults, invariants, images, controllers of your own, as its default export';
