import { describe, expect, it } from 'vitest';
import { decodePatched, dropUnknown, goText } from './patched.ts';

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'x' },
  spec: { replicas: 1, template: { spec: { containers: [{ name: 'c' }] } } },
};

describe('patched objects', () => {
  it('lose what their schema does not know', () => {
    const patched = {
      ...deployment,
      spec: {
        ...deployment.spec,
        replica: 3,
        template: { spec: { containers: [{ name: 'c', imag: 'x' }, { name: 'd' }] } },
      },
    };
    const { object, warnings } = decodePatched('strategic', patched, {});
    expect(object.spec).toEqual({
      replicas: 1,
      template: { spec: { containers: [{ name: 'c' }, { name: 'd' }] } },
    });
    expect(object.metadata).toBe(deployment.metadata);
    expect(warnings).toEqual([
      'unknown field "spec.replica"',
      'unknown field "spec.template.spec.containers[0].imag"',
    ]);
  });

  it('are the same when nothing is unknown', () => {
    expect(dropUnknown(deployment)).toBe(deployment);
  });

  it('are refused with a wrong type, or an unknown field where that is asked', () => {
    const patch = { spec: { replicas: 'three' } };
    expect(() => decodePatched('strategic', { ...deployment, ...patch }, patch)).toThrow(
      'patch: Invalid value: "map[spec:map[replicas:three]]": unrecognized type: int32',
    );
    expect(() => decodePatched('strategic', { ...deployment, spec: [] }, { spec: [] })).toThrow(
      'cannot restore struct from: slice',
    );
    expect(() => decodePatched('merge', { ...deployment, ...patch }, patch)).toThrow(
      'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    );
    expect(() => decodePatched('strategic', { ...deployment, spek: 1 }, { spek: 1 }, true)).toThrow(
      'patch: Invalid value: "map[spek:1]": strict decoding error: unknown field "spek"',
    );
  });

  it('are printed as Go prints maps', () => {
    expect(goText({ b: [1, 'x', null], a: { c: true } })).toBe('map[a:map[c:true] b:[1 x <nil>]]');
  });
});
