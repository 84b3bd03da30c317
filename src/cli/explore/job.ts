/** A campaign as an Indexed Job of Kubernetes: each of its Pods plays a part of the runs. */
import { basename } from 'node:path';
import { stringify } from 'yaml';
import { UsageError } from '../exit.ts';
import { VERSION } from '../../report/version.ts';

export interface JobAsked {
  /** Parts, and so Pods. */
  readonly parts: number;
  /** With Node in it, from 20.20 on. */
  readonly image: string;
  readonly manifests: readonly { readonly file: string; readonly text: string }[];
  /** What else the command was told: `['--runs', '100000']`. */
  readonly args: readonly string[];
}

const NAME = 'seatrial-explore';
/** What a ConfigMap may hold, some of it for its own metadata. */
const MOST_BYTES = 1_000_000;

/**
 * The manifests in a ConfigMap, a claim for what the Pods find, and the Job.
 * @throws UsageError for manifests that are too large for a ConfigMap
 * @example jobOf({ parts: 8, image: 'node:22-slim', manifests, args: ['--runs', '100000'] })
 */
export function jobOf({ parts, image, manifests, args }: JobAsked): string {
  const data = Object.fromEntries(
    manifests.map(({ file, text }, i) => [`${String(i).padStart(3, '0')}-${basename(file)}`, text]),
  );
  const bytes = Object.values(data).reduce((n, text) => n + Buffer.byteLength(text), 0);
  if (bytes > MOST_BYTES)
    throw new UsageError(
      `the manifests have ${bytes} bytes, more than a ConfigMap can hold: put them into an image of your own`,
    );
  const objects = [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: NAME }, data },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: NAME },
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } },
    },
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: NAME },
      spec: {
        completionMode: 'Indexed',
        completions: parts,
        parallelism: parts,
        // A Pod that is lost is made again, and goes on where it was: what it has kept is on the volume.
        backoffLimitPerIndex: 3,
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [
              {
                name: 'explore',
                image,
                // A campaign that finds something ends with 1, which is no failure of its Pod.
                command: ['sh', '-c', 'npx --yes "$0" "$@" || [ $? = 1 ]'],
                args: [
                  `seatrial@${VERSION}`,
                  'explore',
                  '/manifests',
                  ...args,
                  '--shard',
                  String(parts),
                  '--out',
                  '/results',
                ],
                volumeMounts: [
                  { name: 'manifests', mountPath: '/manifests' },
                  { name: 'results', mountPath: '/results' },
                ],
              },
            ],
            volumes: [
              { name: 'manifests', configMap: { name: NAME } },
              { name: 'results', persistentVolumeClaim: { claimName: NAME } },
            ],
          },
        },
      },
    },
  ];
  return objects.map((object) => stringify(object)).join('---\n');
}
