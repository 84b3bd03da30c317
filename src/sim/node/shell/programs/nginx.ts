/**
 * What nginx does beside serving: it looks at its configuration, says its version, and signals the server
 * that runs. Models src/core/nginx.c. What is reloaded is not read anew.
 */
import { EPOCH } from '../../../api/time.ts';
import { nginxVersion } from '../../images/nginxpages.ts';
import type { Program } from '../call.ts';

const CONFIGURATION = '/etc/nginx/nginx.conf';

/** What `-s` sends; HUP and USR1 leave the server running. */
const SIGNALS: Readonly<Record<string, string>> = { stop: 'TERM', quit: 'QUIT', reload: '', reopen: '' };

/** As the image's packages are built (`nginx -V`); of its modules, those that people ask for. */
const BUILT = [
  'built by gcc 14.2.0 (Debian 14.2.0-19)',
  'built with OpenSSL 3.5.1 1 Jul 2025',
  'TLS SNI support enabled',
  'configure arguments: --prefix=/etc/nginx --sbin-path=/usr/sbin/nginx ' +
    `--conf-path=${CONFIGURATION} --error-log-path=/var/log/nginx/error.log ` +
    '--http-log-path=/var/log/nginx/access.log --pid-path=/run/nginx.pid --user=nginx --group=nginx ' +
    '--with-compat --with-threads --with-http_ssl_module --with-http_stub_status_module ' +
    '--with-http_v2_module',
];

const control: Program = ({ argv, env, err, kill, processes }) => {
  const [, option = ''] = argv;
  if (/^-v$/i.test(option)) {
    const version = `nginx version: nginx/${nginxVersion(env.image ?? '')}`;
    for (const line of option === '-v' ? [version] : [version, ...BUILT]) err(`${line}\n`);
    return 0;
  }
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
  /(?:^|\/)nginx$/.test(argv[0] ?? '') && /nginx/.test(server ?? '') && /^-[tsvV]$/.test(argv[1] ?? '')
    ? control
    : undefined;
