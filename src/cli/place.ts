/** Where this runs from: the sources, through tsx, or what was compiled to dist/. */

export const IS_SOURCE = import.meta.url.endsWith('.ts');

/** The package's own folder. */
export const PACKAGE = new URL(IS_SOURCE ? '../../' : '../../../', import.meta.url);
