/** A campaign that finds something soon, for what is done to campaigns. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFeature } from '../../src/dsl/feature.ts';

/** Two Services with a Pod each, which a fault takes away for good. */
const MANIFEST = ['web', 'api']
  .map((name) =>
    [
      `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: {app: ${name}}}, spec: {containers: ` +
        '[{name: c, image: nginx, ports: [{containerPort: 80}]}]}}',
      `{apiVersion: v1, kind: Service, metadata: {name: ${name}}, spec: {selector: {app: ${name}}, ports: ` +
        '[{port: 80}]}}',
    ].join('\n---\n'),
  )
  .join('\n---\n');

export function writeCampaign(folder: string): string {
  const file = join(folder, 'web.yaml');
  writeFileSync(file, MANIFEST);
  return file;
}

/** @param out where it keeps what it finds */
export const campaignArgs = (file: string, out: string): string[] => [
  'explore',
  file,
  '--runs',
  '60',
  '--faults',
  'PodDelete,NodePowerLoss',
  '--max',
  '3',
  '--workers',
  '2',
  '--out',
  out,
];

/**
 * What a campaign's folder holds of counterexamples, by name; every one of them can be read. None of a
 * campaign that has not come so far.
 */
export function counterexamples(out: string, campaign = 'web-yaml'): Record<string, string> {
  const folder = join(out, campaign);
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.feature'))
      .sort()
      .map((name) => {
        const text = readFileSync(join(folder, name), 'utf8');
        readFeature(text, name);
        return [name, text];
      }),
  );
}

/** The claims that counterexamples break. */
export const claimsOf = (features: Readonly<Record<string, string>>): string[] =>
  Object.values(features).map((text) => /^ *Scenario: (.*)$/m.exec(text)?.[1] ?? '');
