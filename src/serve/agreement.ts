/** What two kubectls print of one cluster, as far as it is to be the same. */

/** Names of ports, containers in events, kube-proxy's version, time zones: since 1.34 another way. */
const sinceThen = (text: string): string =>
  text
    .replaceAll(/^( +(?:Host )?Ports?: .*\/(?:TCP|UDP|SCTP)) \([\w-]+\)$/gm, '$1')
    .replaceAll(/ spec\.(?:initC|ephemeralC|c)ontainers\{[^}]*\}: /g, ' ')
    .replaceAll(/^ *Kube-Proxy Version:.*\n/gm, '')
    .replaceAll(/^Time Zone:.*\n/gm, '');

/** Ages that a client reckons by its own clock, and how columns are aligned by them, left out. */
const ageless = (text: string): string =>
  text
    .replaceAll(/\b\d+[smhdy](?:\d+[smhd])?\b/g, 'AGE')
    .replaceAll(/[ \t]{2,}/g, '  ')
    .replaceAll(/-{2,}/g, '--');

/** Events of one second come in the order of their names, which are drawn here: sorted by their texts. */
const inOneOrder = (text: string): string =>
  text.replaceAll(/((?:^  (?:Normal|Warning)  .*\n)+)/gm, (events) => events.split('\n').sort().join('\n'));

/** Without what a client reckons by its own clock, and what 1.34 and later word in another way. */
export const comparable = (text: string): string => inOneOrder(ageless(sinceThen(text)));

/**
 * Lines that stand in one text alone, the other's behind; undefined: both are the same.
 * @example differenceOf('a 5s\nb\n', 'a 7s\nc\n') // { ours: ['b'], theirs: ['c'] }
 */
export function differenceOf(
  ours: string,
  theirs: string,
): { readonly ours: readonly string[]; readonly theirs: readonly string[] } | undefined {
  const [own, other] = [comparable(ours), comparable(theirs)];
  if (own === other) return undefined;
  const [ownLines, otherLines] = [own.split('\n'), other.split('\n')];
  return {
    ours: ownLines.filter((line) => !otherLines.includes(line)),
    theirs: otherLines.filter((line) => !ownLines.includes(line)),
  };
}
