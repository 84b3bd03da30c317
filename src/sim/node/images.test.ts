import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { behaviourOf, canonicalImage, imageIdOf, memoryInUse, outOfMemoryAfter } from './images.ts';
import { withoutTag } from './images/reference.ts';
import { parseDuration, parseImageBehaviour } from './images/yaml.ts';
import { emptyWorld } from './world.ts';

describe('image behaviours', () => {
  it('reads every key', () => {
    expect(
      parseImageBehaviour({
        pull: '3s',
        startup: '250ms',
        listens: [8080],
        files: { '/a': 'x' },
        http: { '/': '/a', '/slow': { status: 200, after: '2s' }, '/bad': 500 },
        memory: { start: '50Mi', grow: '1Mi/s' },
        cpu: { perRequest: '5m' },
        exits: { after: '1s', code: 1 },
        ignoresSigterm: true,
        logs: ['up'],
      }),
    ).toEqual({
      pullMs: 3000,
      startupMs: 250,
      listens: [8080],
      files: { '/a': 'x' },
      http: { '/': '/a', '/slow': { status: 200, afterMs: 2000 }, '/bad': { status: 500 } },
      memory: { start: '50Mi', grow: '1Mi', perMs: 1000 },
      cpu: { perRequest: '5m' },
      exits: { afterMs: 1000, code: 1 },
      ignoresSigterm: true,
      logs: ['up'],
    });
    expect(parseImageBehaviour({ pull: 'missing' })).toEqual({ pullMs: 'missing' });
    expect(parseImageBehaviour(null)).toEqual({});
  });

  it.each([
    [
      { pul: '3s' },
      'image behaviour: pul: expected one of pull, startup, listens, files, http, memory, cpu, exits, ' +
        'ignoresSigterm, logs, found "3s"',
    ],
    [{ pull: '3 sec' }, 'image behaviour: pull: expected a duration such as 3s, or missing, found "3 sec"'],
    [{ startup: 3 }, 'image behaviour: startup: expected a duration such as 3s or 250ms, found 3'],
    [{ listens: [0] }, 'image behaviour: listens[0]: expected a whole number from 1 to 65535, found 0'],
    [{ http: { x: 200 } }, 'image behaviour: http.x: expected a path that begins with /, found "x"'],
    [{ memory: '50 MB' }, 'image behaviour: memory: expected a quantity such as 50Mi or 250m, found "50 MB"'],
    [
      { memory: { start: '1Mi', grow: 'fast' } },
      'image behaviour: memory.grow: expected a quantity per time such as 1Mi/s, found "fast"',
    ],
    [
      { exits: { code: 300 } },
      'image behaviour: exits.code: expected a whole number from 0 to 255, found 300',
    ],
    [['x'], 'image behaviour: behaviour: expected a mapping, found ["x"]'],
  ])('refuses %j', (yaml, message) => {
    expect(() => parseImageBehaviour(yaml)).toThrow(message);
  });

  it('is looked up exactly, then without tag, then in the catalogue', () => {
    const world = emptyWorld();
    expect(behaviourOf(world, 'docker.io/library/nginx:1.25').listens).toEqual([80]);
    expect(behaviourOf(world, 'example.com:5000/team/web:1')).toEqual({});
    world.images.set('web', { startupMs: 1 });
    world.images.set('web:2', { startupMs: 2 });
    expect(behaviourOf(world, 'web:1').startupMs).toBe(1);
    expect(behaviourOf(world, 'web:2').startupMs).toBe(2);
  });

  it('names images as the runtime does', () => {
    expect(withoutTag('localhost:5000/web:1@sha256:ab')).toBe('localhost:5000/web');
    expect(canonicalImage('nginx')).toBe('docker.io/library/nginx:latest');
    expect(canonicalImage('team/web:1')).toBe('docker.io/team/web:1');
    expect(canonicalImage('quay.io/team/web')).toBe('quay.io/team/web:latest');
    expect(imageIdOf('nginx:1')).toMatch(/^docker\.io\/library\/nginx@sha256:[0-9a-f]{64}$/);
  });

  it('runs out of memory at the first moment in which it uses more than its limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 1000 }),
        (start, grow, limit) => {
          const behaviour = { memory: { start: String(start), grow: String(grow), perMs: 1000 } };
          const after = outOfMemoryAfter(behaviour, limit)!;
          // Use grows continuously; in whole bytes it passes the limit within a millisecond's growth.
          expect(memoryInUse(behaviour, after) + 1).toBeGreaterThan(limit);
          expect(after <= 1 || memoryInUse(behaviour, after - 1) <= limit).toBe(true);
        },
      ),
    );
    expect(outOfMemoryAfter({ memory: '10Mi' }, 5)).toBe(0);
    expect(outOfMemoryAfter({ memory: '10' }, 10)).toBeUndefined();
  });

  it('reads durations', () => {
    expect(['1m30s', '250ms', '1.5s', '0s', '3', 'x', ''].map(parseDuration)).toEqual([
      90_000,
      250,
      1500,
      0,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
