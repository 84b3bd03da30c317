import { describe, expect, it } from 'vitest';
import { withoutHooks } from './hooks.ts';

const document = (kind: string, hook?: string): string => `---
# Source: shop/templates/${kind}.yaml
apiVersion: v1
kind: ${kind}
metadata:
  name: a
${hook === undefined ? '' : `  annotations: {"helm.sh/hook": "${hook}"}\n`}`;

describe('hooks of Helm', () => {
  it('are left out where an install does not play them, and lines stay', () => {
    const source = document('ConfigMap') + document('Pod', 'test') + document('Secret');
    const { text, hooks } = withoutHooks(source);
    expect(hooks).toEqual([{ name: 'pod/a', hook: 'test' }]);
    expect(text).not.toContain('kind: Pod');
    const lines = source.split('\n');
    expect(text.split('\n')).toHaveLength(lines.length);
    expect(text.split('\n').indexOf('kind: Secret')).toBe(lines.indexOf('kind: Secret'));
  });

  it.each(['pre-install', 'post-install,test', 'pre-install,pre-upgrade', undefined])(
    'stay where an install plays them: %s',
    (hook) => {
      const source = document('ConfigMap') + document('Job', hook);
      expect(withoutHooks(source)).toEqual({ text: source, hooks: [] });
    },
  );

  it.each(['pre-delete', 'post-delete', 'pre-rollback,post-rollback'])('are left out: %s', (hook) => {
    expect(withoutHooks(document('Job', hook))).toMatchObject({ hooks: [{ name: 'job/a', hook }] });
  });
});
