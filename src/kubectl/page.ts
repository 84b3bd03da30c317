/** The page that says of every command of kubectl, and of its flags, whether it is played. */
import { commandFlags, everyCommandsFlags, kubectlCommands } from './flagtable.ts';
import { GLOBAL_FLAGS, WITHOUT_EFFECT, type FlagSpec } from './flags.ts';
import { VERBS } from './verbs/index.ts';

const HEAD = `# kubectl

Written by \`npm run generate\` from the verbs in \`src/kubectl\` and the table of what kubectl 1.36 has.

A command line in a scenario is read as kubectl 1.36 reads it. A flag is *played*, or *refused* in so many words: \`error: --prune is not simulated\`. What
kubectl does not know is refused in kubectl's own words. No flag is passed over; a flag that says what is so anyway (\`--validate=strict\`) is taken.

\`-k\` and \`kubectl kustomize\` run the program \`kustomize\`, or the \`kubectl\` that holds it, where one of them is installed; in a page, and where neither
is, they are refused with advice. A step that applies the manifests of a folder renders one that has a kustomization in the same way.

Without effect, as in kubectl, where they change how it speaks with a server and nothing that is seen of it:
${[...WITHOUT_EFFECT].map((name) => `\`--${name}\``).join(', ')}.
`;

const shown = ({ name, short }: FlagSpec): string =>
  short === undefined ? `\`--${name}\`` : `\`-${short}\` \`--${name}\``;

function rows(command: string, played: readonly FlagSpec[], known: readonly FlagSpec[]): string {
  const refused = known.filter(
    (flag) => !played.some(({ name }) => name === flag.name) && !WITHOUT_EFFECT.has(flag.name),
  );
  const list = (flags: readonly FlagSpec[]): string =>
    [...flags]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(shown)
      .join(', ') || '—';
  return `| ${command} | ${list(played)} | ${list(refused)} |`;
}

/** @example kubectlPage() */
export function kubectlPage(): string {
  const verbs = new Map(VERBS.map((verb) => [verb.name, verb]));
  const isGroup = (command: string): boolean =>
    kubectlCommands().some((other) => other.startsWith(`${command} `)) && commandFlags(command).length === 0;
  const commands = kubectlCommands().filter((command) => !isGroup(command));
  const refused = commands.filter((command) => !verbs.has(command));
  return [
    HEAD,
    '| Command | Flags that are played | Flags that are refused |',
    '|---|---|---|',
    ...commands
      .filter((command) => verbs.has(command))
      .map((command) => rows(`\`${command}\``, verbs.get(command)!.flags, commandFlags(command))),
    rows('every command', GLOBAL_FLAGS, everyCommandsFlags()),
    '',
    `Not played: ${refused.map((command) => `\`${command}\``).join(', ')}.`,
    '',
  ].join('\n');
}
