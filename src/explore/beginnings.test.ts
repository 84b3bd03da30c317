import { expect, it } from 'vitest';
import { EndedError } from '../dsl/errors.ts';
import { play } from '../dsl/interpreter.ts';
import { freshBeginnings } from './freshbeginnings.ts';
import { WEB_SCENE } from './testing.ts';
import { standardKit } from '../dsl/kit.ts';

it('does not hold who plays on to the time of who asked for a beginning first', () => {
  const beginnings = freshBeginnings(standardKit);
  let isOver = false;
  const limits = { overdue: () => isOver };
  const goOn = (more: object): void => {
    const session = beginnings.begin('1', WEB_SCENE, more);
    play(session, { op: 'kubectl', lines: ['kubectl delete pods --all'] });
    play(session, { op: 'pass', durationMs: 60_000 });
  };
  goOn({ limits });
  isOver = true;
  expect(() => goOn({ limits })).toThrow(EndedError);
  expect(() => goOn({})).not.toThrow();
});
