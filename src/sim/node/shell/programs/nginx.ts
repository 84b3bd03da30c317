/**
 * What nginx does beside serving: it looks at its configuration, and signals the server that runs. Models
 * src/core/nginx.c. What is reloaded is not read anew.
 */
import { EPOCH } from '../../../api/time.ts';
import type { Program } from '../call.ts';

const CONFIGURATION = '/etc/nginx/nginx.conf';

/** What `-s` sends; HUP and USR1 leave the server running. */
const SIGNALS: Readonly<Record<string, string>> = { stop: 'TERM', quit: 'QUIT', reload: '', reopen: '' };

const control: Program = ({ argv, env, err, kill, processes }) => {
  if (env.files.read(CONFIGURATION) === undefined) {
    err(`nginx: [emerg] open() "${CONFIGURATION}" failed (2: No such file or directory)\n`);
    if (argv.includes('-t')) err(`nginx: configuration file ${CONFIGURATION} test failed\n`);
    return 1;
  }
  if (argv.includes('-t')) {
    err(`nginx: the configuration file ${CONFIGURATION} syntax is ok\n`);
    err(`nginx: configuration file ${CONFIGURATION} test is successful\n`);
    return 0;
  }
  const name = argv[argv.indexOf('-s') + 1] ?? '';
  const signal = Object.hasOwn(SIGNALS, name) ? SIGNALS[name]! : undefined;
  if (signal === undefined) {
    err(name === '' ? 'nginx: option "-s" requires parameter\n' : `nginx: invalid option: "-s ${name}"\n`);
    return 1;
  }
  const own = Math.max(1, ...processes().map(({ pid }) => pid));
  const time = new Date(EPOCH + env.now).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
  err(`${time} [notice] ${own}#${own}: signal process started\n`);
  return signal === '' || kill(1, signal) ? 0 : 1;
};

/** Undefined: it is another program, or one that is to serve. @param server of the image */
export const nginxControl = (argv: readonly string[], server: string | undefined): Program | undefined =>
  /(?:^|\/)nginx$/.test(argv[0] ?? '') && /nginx/.test(server ?? '') && /^-[ts]$/.test(argv[1] ?? '')
    ? control
    : undefined;
