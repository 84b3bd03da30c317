/** Defaults of volumes. Models SetDefaults_Volume and its kin of pkg/apis/core/v1/defaults.go. */
import type { PodSpec } from '../types.ts';
import { canonicalResource } from './resources.ts';
import { imageTag } from './container.ts';
import { fill, fillZero, into, intoEach, isNil } from './fill.ts';

export type Volume = NonNullable<PodSpec['volumes']>[number];

/** 0644 */
const DEFAULT_MODE = 420;

export function defaultVolume(volume: Volume): Volume {
  let sources = 0;
  for (const key in volume) if (key !== 'name' && !isNil(volume[key as keyof Volume])) sources += 1;
  if (sources === 0) return { ...volume, emptyDir: {} };
  let next = into(volume, 'secret', (s) => fill(s, { defaultMode: DEFAULT_MODE }));
  next = into(next, 'configMap', (s) => fill(s, { defaultMode: DEFAULT_MODE }));
  next = into(next, 'downwardAPI', (s) => fill(s, { defaultMode: DEFAULT_MODE }));
  next = into(next, 'hostPath', (s) => fill(s, { type: '' }));
  next = into(next, 'image', (s) =>
    fillZero(s, { pullPolicy: imageTag(s.reference ?? '') === 'latest' ? 'Always' : 'IfNotPresent' }),
  );
  next = into(next, 'emptyDir', (s) => into(s, 'sizeLimit', canonicalResource));
  return into(next, 'projected', (s) =>
    intoEach(fill(s, { defaultMode: DEFAULT_MODE }), 'sources', (source) =>
      into(source, 'serviceAccountToken', (token) => fill(token, { expirationSeconds: 3600 })),
    ),
  );
}
