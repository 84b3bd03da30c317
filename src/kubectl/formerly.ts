/**
 * What old documents have kubectl do, and kubectl of today does no more; of APIs' versions tells
 * `removed.ts`.
 * Source: which flags and commands each release of staging/src/k8s.io/kubectl/pkg/cmd registers; that run
 * made Deployments ended with 1.18 (CHANGELOG/CHANGELOG-1.18.md).
 */

/** How it was, and what is to be said today. */
export interface Formerly {
  /** The release that has it no more: `1.18`. */
  readonly until: string;
  /** What does it today, as it is typed. */
  readonly today: string;
}

interface Row extends Formerly {
  readonly was: RegExp;
}

const ROWS: readonly Row[] = [
  {
    was: /^run\b.* --(?:replicas|schedule|generator)\b/,
    until: '1.18',
    today: 'kubectl create deployment NAME --image=IMAGE --replicas=N',
  },
  {
    was: /^run\b.* --(?:limits|requests|serviceaccount|hostport|service-generator|service-overrides)\b/,
    until: '1.24',
    today: 'kubectl run NAME --image=IMAGE --overrides=JSON',
  },
  {
    was: /^(?:expose|autoscale|create|scale)\b.* --generator\b/,
    until: '1.24',
    today: 'kubectl expose|autoscale|create|scale … (no --generator)',
  },
  { was: /^get\b.* --export\b/, until: '1.19', today: 'kubectl get TYPE NAME -o yaml' },
  { was: /^get\b.* (?:-a|--show-all)\b/, until: '1.14', today: 'kubectl get TYPE (ended Pods are shown)' },
  {
    was: /^apply\b.* --prune-whitelist\b/,
    until: '1.30',
    today: 'kubectl apply … --prune --prune-allowlist=GROUP/VERSION/KIND',
  },
  { was: /^convert\b/, until: '1.20', today: 'kubectl convert, with the plugin kubectl-convert installed' },
  { was: /^rolling-update\b/, until: '1.18', today: 'kubectl set image deployment/NAME CONTAINER=IMAGE' },
  {
    was: /^drain\b.* --delete-local-data\b/,
    until: '1.31',
    today: 'kubectl drain NODE --delete-emptydir-data',
  },
  { was: /^version\b.* --short\b/, until: '1.28', today: 'kubectl version' },
  { was: /^exec\b(?!.* -- )/, until: '1.31', today: 'kubectl exec POD -- COMMAND' },
];

/**
 * What a line that fails today did once; undefined where it never did.
 * @param line as it was typed, `kubectl` in front or not
 * @example formerly('kubectl get pods --export')?.today
 */
export function formerly(line: string): Formerly | undefined {
  const text = line.trim().replace(/^(?:\$\s+)?(?:kubectl|k)\s+/, '');
  const row = ROWS.find(({ was }) => was.test(text));
  return row && { until: row.until, today: row.today };
}
