/**
 * Programs by which databases and caches are asked whether they are up: redis-cli, pg_isready, mysqladmin
 * and the clients beside them. Sources: redis.io/docs/latest/develop/tools/cli, app-pg-isready of
 * postgresql.org/docs/current, mysqladmin of dev.mysql.com/doc/refman/8.4. What a database holds is not
 * simulated: of statements that ask for it nothing is printed, and they are told as passed over.
 */
import type { Call, Outcome, Program } from '../call.ts';
import type { ConnectResult } from '../env.ts';
import { type Options, optionsOf } from './options.ts';

const HERE = '127.0.0.1';

interface Asked {
  /** Absent: the server beside it, by its socket. */
  readonly host: string | undefined;
  readonly port: number;
}

/** Whether a server is there, and answers: one that hangs takes connections as well. */
function reached({ env, argv }: Call, { host = HERE, port }: Asked, timeoutMs: number): ConnectResult {
  const connected = env.network.connect(host, port, timeoutMs);
  if (connected.kind !== 'open') return connected;
  const answer = env.network.fetch({ url: `http://${host}:${port}/`, timeoutMs, agent: argv[0]! });
  return answer.kind === 'timedOut' ? { kind: 'timedOut', afterMs: answer.afterMs } : connected;
}

/** Asks a server, and says by what became of it what the client prints. */
function withServer(
  call: Call,
  asked: Asked,
  timeoutMs: number,
  say: (kind: ConnectResult['kind']) => number,
): Outcome {
  const kept = call.state as ConnectResult | undefined;
  const result = kept ?? reached(call, asked, timeoutMs);
  if (kept === undefined && result.afterMs > 0) return { waitMs: result.afterMs, state: result };
  return say(result.kind);
}

const REASONS = {
  refused: 'Connection refused',
  timedOut: 'Connection timed out',
  notResolved: 'Name or service not known',
} as const;

/** What is asked of a database beyond whether it is up. */
function passedOver({ env, argv }: Call): number {
  env.passOver(argv.join(' '));
  return 0;
}

/** `redis://user:password@host:port/0` */
const URL = /^rediss?:\/\/(?:[^@/]*@)?([^:/]+)(?::(\d+))?/;

const redisCli: Program = (call) => {
  const options = optionsOf(call.argv, 'hpanutridD', ['user', 'pass', 'cert', 'key', 'cacert', 'sni'], true);
  const url = URL.exec(options.value('u') ?? '');
  const asked = {
    host: options.value('h') ?? url?.[1] ?? HERE,
    port: Number(options.value('p') ?? url?.[2] ?? 6379),
  };
  return withServer(call, asked, 130_000, (kind) => {
    if (kind !== 'open') {
      call.err(`Could not connect to Redis at ${asked.host}:${asked.port}: ${REASONS[kind]}\n`);
      return 1;
    }
    const [command = '', word] = options.operands;
    if (command.toLowerCase() !== 'ping') return passedOver(call);
    call.out(`${word ?? 'PONG'}\n`);
    return 0;
  });
};

const seconds = (text: string | undefined, otherwise: number): number =>
  (Number(text ?? otherwise) || otherwise) * 1000;

/** Where clients of PostgreSQL connect to, by their flags, their environment, `host=` and URLs. */
function postgresAt({ environment }: Call, options: Options): Asked {
  const [, host, port] =
    /^postgres(?:ql)?:\/\/(?:[^@/]*@)?([^:/?]+)(?::(\d+))?/.exec(
      options.value('d', 'dbname') ?? options.operands[0] ?? '',
    ) ?? [];
  const given = options.value('h', 'host') ?? host ?? environment['PGHOST'];
  return {
    host: given === '' || given?.startsWith('/') === true ? undefined : given,
    port: Number(options.value('p', 'port') ?? port ?? environment['PGPORT'] ?? 5432),
  };
}

const LONG = ['host', 'port', 'dbname', 'username', 'timeout', 'command', 'file', 'set', 'variable'];

const pgIsReady: Program = (call) => {
  const options = optionsOf(call.argv, 'hpdUt', LONG);
  const asked = postgresAt(call, options);
  return withServer(call, asked, seconds(options.value('t', 'timeout'), 3), (kind) => {
    const is = kind === 'open' ? 'accepting connections' : 'no response';
    if (!options.has('q', 'quiet'))
      call.out(`${asked.host ?? '/var/run/postgresql'}:${asked.port} - ${is}\n`);
    return kind === 'open' ? 0 : 2;
  });
};

const ONE = /^\s*select\s+1\s*;?\s*$/i;

/** Why a client of PostgreSQL does not get to its server, as libpq says it. */
function psqlTrouble({ host, port }: Asked, kind: keyof typeof REASONS): string {
  if (host === undefined)
    return (
      `connection to server on socket "/var/run/postgresql/.s.PGSQL.${port}" failed: ` +
      'No such file or directory\n\tIs the server running locally and accepting connections on that socket?'
    );
  return kind === 'notResolved'
    ? `could not translate host name "${host}" to address: ${REASONS[kind]}`
    : `connection to server at "${host}", port ${port} failed: ${REASONS[kind]}\n` +
        '\tIs the server running on that host and accepting TCP/IP connections?';
}

const psql: Program = (call) => {
  const options = optionsOf(call.argv, 'hpdUcfvoFRPTL', LONG);
  const asked = postgresAt(call, options);
  return withServer(call, asked, 130_000, (kind) => {
    if (kind !== 'open') {
      call.err(`psql: error: ${psqlTrouble(asked, kind)}\n`);
      return 2;
    }
    if (!ONE.test(options.value('c', 'command') ?? '')) return passedOver(call);
    const bare = options.has('t', 'tuples-only');
    const packed = options.has('A', 'no-align');
    if (packed) call.out(bare ? '1\n' : '?column?\n1\n(1 row)\n');
    else call.out(bare ? '        1\n\n' : ' ?column? \n----------\n        1\n(1 row)\n\n');
    return 0;
  });
};

/** `-pPASSWORD` takes its value in the same word alone; `-p` asks for it. */
const withoutPassword = (argv: readonly string[]): readonly string[] =>
  argv.filter((word) => !/^-p|^--password/.test(word));

const mysqlOptions = (argv: readonly string[]): Options =>
  optionsOf(withoutPassword(argv), 'huPeSD', [
    'host',
    'user',
    'port',
    'execute',
    'socket',
    'database',
    'connect-timeout',
  ]);

const mysqlAt = (options: Options): Asked => {
  const host = options.value('h', 'host');
  return { host: host === 'localhost' ? undefined : host, port: Number(options.value('P', 'port') ?? 3306) };
};

/** Why a client of MySQL does not get to its server, as the library says it. */
const mysqlTrouble = ({ host, port }: Asked, kind: keyof typeof REASONS): string =>
  host === undefined
    ? "Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)"
    : kind === 'notResolved'
      ? `Unknown MySQL server host '${host}' (-2)`
      : `Can't connect to MySQL server on '${host}:${port}' (${kind === 'refused' ? 111 : 110})`;

const mysqlAdmin: Program = (call) => {
  const options = mysqlOptions(call.argv);
  const asked = mysqlAt(options);
  return withServer(call, asked, 43_200_000, (kind) => {
    if (kind !== 'open') {
      const [name] = call.argv;
      call.err(
        `${name}: connect to server at '${asked.host ?? 'localhost'}' failed\n` +
          `error: '${mysqlTrouble(asked, kind)}'\n`,
      );
      return 1;
    }
    if (options.operands[0] !== 'ping') return passedOver(call);
    call.out('mysqld is alive\n');
    return 0;
  });
};

const NUMBERS = { refused: '2003 (HY000)', timedOut: '2003 (HY000)', notResolved: '2005 (HY000)' } as const;

const mysql: Program = (call) => {
  const options = mysqlOptions(call.argv);
  const asked = mysqlAt(options);
  return withServer(call, asked, 130_000, (kind) => {
    if (kind !== 'open') {
      const number = asked.host === undefined ? '2002 (HY000)' : NUMBERS[kind];
      call.err(`ERROR ${number}: ${mysqlTrouble(asked, kind)}\n`);
      return 1;
    }
    if (!ONE.test(options.value('e', 'execute') ?? '')) return passedOver(call);
    call.out(options.has('N', 'skip-column-names') ? '1\n' : '1\n1\n');
    return 0;
  });
};

/** Of images of databases and caches alone. */
export const clientPrograms: Readonly<Record<string, Program>> = {
  mariadb: mysql,
  'mariadb-admin': mysqlAdmin,
  mysql,
  mysqladmin: mysqlAdmin,
  pg_isready: pgIsReady,
  psql,
  'redis-cli': redisCli,
  'valkey-cli': redisCli,
};
