/** Whether `root/dist` was built after the last change of the sources; a package that was installed has no sources. */
export function isBuilt(root: string): boolean;
