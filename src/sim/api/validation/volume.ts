/**
 * Volumes and their mounts, as far as they can be told wrong without storage. Models ValidateVolumes of
 * pkg/apis/core/validation/validation.go.
 */
import { isNil } from '../defaults/fill.ts';
import type { Volume } from '../defaults/volume.ts';
import type { Container } from '../types.ts';
import {
  absentValue,
  duplicate,
  forbidden,
  invalidValue,
  problemsAt,
  required,
  type Causes,
} from './field.ts';
import { labelProblems } from './text.ts';
import { validateDownwardItems } from './downward.ts';

/** The field that a source cannot do without. */
const NEEDED: Readonly<Record<string, string>> = {
  secret: 'secretName',
  configMap: 'name',
  hostPath: 'path',
  persistentVolumeClaim: 'claimName',
  nfs: 'server',
  csi: 'driver',
};

const SHORTEST_SECONDS = 600;
const LONGEST_SECONDS = 2 ** 32;

type Token = NonNullable<
  NonNullable<NonNullable<Volume['projected']>['sources']>[number]['serviceAccountToken']
>;

function validateToken({ path, expirationSeconds: seconds }: Token, field: string, out: Causes): void {
  const wrong = (why: string): void =>
    void out.push(invalidValue(`${field}.expirationSeconds`, seconds, why));
  if (!isNil(seconds) && seconds < SHORTEST_SECONDS) wrong('may not specify a duration less than 10 minutes');
  if (!isNil(seconds) && seconds > LONGEST_SECONDS)
    wrong('may not specify a duration larger than 2^32 seconds');
  if (!path) out.push(required(`${field}.path`));
  else validateRelativePath(path, `${field}.path`, out);
}

function validateSource(volume: Volume, field: string, out: Causes): void {
  let sources = 0;
  for (const type in volume) {
    const source = volume[type as keyof Volume] as Record<string, unknown> | undefined | null;
    if (type === 'name' || source === undefined || source === null) continue;
    sources += 1;
    if (sources > 1) out.push(forbidden(`${field}.${type}`, 'may not specify more than 1 volume type'));
    else if (NEEDED[type] !== undefined && !source[NEEDED[type]])
      out.push(required(`${field}.${type}.${NEEDED[type]}`));
  }
  if (!isNil(volume.downwardAPI))
    validateDownwardItems(volume.downwardAPI.items, `${field}.downwardAPI`, out);
  (volume.projected?.sources ?? []).forEach((source, i) => {
    const at = `${field}.projected.sources[${i}]`;
    if (!isNil(source?.downwardAPI))
      validateDownwardItems(source.downwardAPI.items, `${at}.downwardAPI`, out);
    if (!isNil(source?.serviceAccountToken))
      validateToken(source.serviceAccountToken, `${at}.serviceAccountToken`, out);
  });
  if (sources === 0) out.push(required(field, 'must specify a volume type'));
}

export function validateVolumes(volumes: readonly Volume[] | undefined, field: string, out: Causes): void {
  const names = new Set<string>();
  (volumes ?? []).forEach((volume, i) => {
    const at = `${field}[${i}]`;
    validateSource(volume, at, out);
    if (!volume.name) out.push(required(`${at}.name`));
    else {
      problemsAt(`${at}.name`, volume.name, labelProblems(volume.name), out);
      if (names.has(volume.name)) out.push(duplicate(`${at}.name`, volume.name));
    }
    names.add(volume.name);
  });
}

/** Of a path below a volume's root. */
export function validateRelativePath(path: string, field: string, out: Causes): void {
  if (path.startsWith('/')) out.push(invalidValue(field, path, 'must be a relative path'));
  if (path.split('/').includes('..')) out.push(invalidValue(field, path, "must not contain '..'"));
}

export function validateMounts(
  mounts: Container['volumeMounts'],
  volumes: ReadonlySet<string>,
  field: string,
  out: Causes,
): void {
  const paths = new Set<string>();
  (mounts ?? []).forEach((mount, i) => {
    const at = `${field}[${i}]`;
    if (!mount.name) out.push(required(`${at}.name`));
    if (!volumes.has(mount.name)) out.push(absentValue(`${at}.name`, mount.name ?? ''));
    if (!mount.mountPath) out.push(required(`${at}.mountPath`));
    if (paths.has(mount.mountPath))
      out.push(invalidValue(`${at}.mountPath`, mount.mountPath, 'must be unique'));
    paths.add(mount.mountPath);
    for (const path of ['subPath', 'subPathExpr'] as const) {
      const text = mount[path];
      if (!text) continue;
      if (path === 'subPathExpr' && mount.subPath)
        out.push(invalidValue(`${at}.subPathExpr`, text, 'subPathExpr and subPath are mutually exclusive'));
      validateRelativePath(text, `${field}.${path}`, out);
    }
  });
}
