/** Package managers: packages are not simulated, and whatever is asked of them succeeds. */
import type { Program } from '../call.ts';

const manager: Program = (call) => {
  const verb = call.argv.slice(1).find((word) => !word.startsWith('-')) ?? '';
  const packages = call.argv.slice(call.argv.indexOf(verb) + 1).filter((word) => !word.startsWith('-'));
  if (!/^(?:install|add|i|update|upgrade|remove|del|clean|autoremove|makecache)$/.test(verb)) return 0;
  const of = packages.length === 0 ? '' : ` ${packages.join(' ')}`;
  call.out(`${call.argv[0]} ${verb}${of}: packages are not simulated; taken as done\n`);
  call.env.passOver(`${call.argv[0]} ${verb}`);
  call.install();
  return 0;
};

export const packagePrograms: Readonly<Record<string, Program>> = Object.fromEntries(
  'apk apt apt-get dnf gem microdnf npm pip pip3 tdnf yum zypper'.split(' ').map((name) => [name, manager]),
);
