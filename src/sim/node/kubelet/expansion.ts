/**
 * `$(NAME)` in values, commands and arguments. Models
 * third_party/forked/golang/expansion/expand.go.
 */

/** Looks a name up; undefined: the reference stays as it is written. */
export type Lookup = (name: string) => string | undefined;

/** `$$` is one dollar sign; what is no reference, or names nothing, stays. */
export const expand = (text: string, lookup: Lookup): string =>
  text.includes('$')
    ? text.replaceAll(/\$(?:\$|\(([^)]*)\))/g, (whole, name: string | undefined) =>
        name === undefined ? '$' : (lookup(name) ?? whole),
      )
    : text;
