/** What two kubectls print of one cluster, as far as it is to be the same. */

interface Difference {
  /** The first minor version, of those that were compared, that words it as ours does. */
  readonly since: number;
  /** What is worded in another way. */
  readonly why: string;
  readonly leftOut: RegExp;
  /** In its place; nothing. */
  readonly instead?: string;
}

/** What older kubectls print in another way than 1.36, of which ours is. */
const DIFFERENCES: readonly Difference[] = [
  { since: 33, why: 'links of lists to themselves', leftOut: /^ {2}selfLink: ""\n/gm },
  {
    since: 33,
    why: 'where Pods of a template may go',
    leftOut: /^ *(?:Node-Selectors|Tolerations): +<none>\n/gm,
  },
  { since: 33, why: 'service accounts of Pods', leftOut: /^ *Service Account: .*\n/gm },
  { since: 33, why: 'binary data of ConfigMaps', leftOut: /^\n\nBinaryData\n====\n\n/gm },
  { since: 33, why: 'what preempts', leftOut: /^PreemptionPolicy: .*\n/gm },
  { since: 33, why: 'columns in percent', leftOut: /\((%)\)/g, instead: '$1' },
  {
    since: 34,
    why: 'names of ports in descriptions',
    leftOut: /^( +(?:Host )?Ports?: .*\/(?:TCP|UDP|SCTP)) \([\w-]+\)$/gm,
    instead: '$1',
  },
  {
    since: 34,
    why: 'containers that events are about',
    leftOut: / spec\.(?:initC|ephemeralC|c)ontainers\{[^}]*\}: /g,
    instead: ' ',
  },
  { since: 33, why: 'times that are not set yet', leftOut: /^ +creationTimestamp: null\n/gm },
  { since: 33, why: 'where more is said of conflicts', leftOut: /^ ?See https?:.*#conflicts$/gm },
  {
    since: 36,
    why: 'the namespace of what is deleted',
    leftOut: /( deleted) from \S+ namespace$/gm,
    instead: '$1',
  },
  { since: 34, why: "a node's kube-proxy version", leftOut: /^ *Kube-Proxy Version:.*\n/gm },
  { since: 34, why: 'time zones of CronJobs', leftOut: /^Time Zone:.*\n/gm },
  {
    since: 36,
    why: 'secrets of service accounts',
    leftOut: /^(?:Mountable secrets|Tokens):.*\n(?: {2,}\S+\n)*/gm,
  },
];

const asOf = (minor: number, text: string): string =>
  DIFFERENCES.filter(({ since }) => since > minor).reduce(
    (said, { leftOut, instead = '' }) => said.replaceAll(leftOut, instead),
    text,
  );

/** Ages that a client reckons by its own clock, and how columns are aligned by them, left out. */
const ageless = (text: string): string =>
  text
    .replaceAll(/\b\d+[smhdy](?:\d+[smhd])?\b/g, 'AGE')
    .replaceAll(/[ \t]{2,}/g, '  ')
    .replaceAll(/-{2,}/g, '--');

/** Events of one second come in the order of their names, which are drawn here: sorted by their texts. */
const inOneOrder = (text: string): string =>
  text.replaceAll(/((?:^  (?:Normal|Warning)  .*\n)+)/gm, (events) => events.split('\n').sort().join('\n'));

/** The oldest kubectl whose words are compared where nobody says which it is. */
const OLDEST_MINOR = 33;

/**
 * Without what a client reckons by its own clock, and what later ones word in another way.
 * @param minor version of the kubectl that is compared with ours
 */
export const comparable = (text: string, minor = OLDEST_MINOR): string =>
  inOneOrder(ageless(asOf(minor, text)));

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
