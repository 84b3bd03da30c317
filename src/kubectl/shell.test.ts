import fc from 'fast-check';
import { expect, it } from 'vitest';
import { kubectlArguments, shellLine } from './shell.ts';

it('reads back what it writes: any words, whatever signs are in them', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string(),
          fc.constantFrom("Bob's pods.yaml", 'a b', '', '名前.yaml', '| grep x', '$HOME'),
        ),
      ),
      (argv) => {
        expect(kubectlArguments(shellLine(argv))).toEqual(argv);
      },
    ),
  );
});

it('puts only those words in quotes that need it', () => {
  expect(
    shellLine(['apply', '-f', "Bob's マニフェスト.yaml", '-n', 'team-1', '--dry-run=server', '本番.yaml']),
  ).toBe("kubectl apply -f 'Bob'\\''s マニフェスト.yaml' -n team-1 --dry-run=server 本番.yaml");
});
