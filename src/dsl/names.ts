/** Names as steps write them: `web`, or `team/web` with a namespace. */
export function splitName(name: string, defaultNamespace: string): { namespace: string; name: string } {
  const slash = name.indexOf('/');
  return slash < 0
    ? { namespace: defaultNamespace, name }
    : { namespace: name.slice(0, slash), name: name.slice(slash + 1) };
}
