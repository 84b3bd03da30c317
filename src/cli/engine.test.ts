import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { ENGINE_FLAGS } from './engine.ts';

test('the engine knows every flag that it is told', () => {
  const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  for (const flag of ENGINE_FLAGS) expect(stdout).toContain(flag.replace(/=.*/, '').replace('--no-', '--'));
});
