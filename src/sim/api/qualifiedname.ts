/**
 * A name as users write it: `web`, or `team/web` with its namespace.
 * @example splitName('team/web', 'default') // { namespace: 'team', name: 'web' }
 */
export function splitName(name: string, defaultNamespace: string): { namespace: string; name: string } {
  const slash = name.indexOf('/');
  return slash < 0
    ? { namespace: defaultNamespace, name }
    : { namespace: name.slice(0, slash), name: name.slice(slash + 1) };
}
