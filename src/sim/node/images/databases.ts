/**
 * Databases and caches. Sources: the images' pages on Docker Hub and their docker-entrypoint.sh, redis.io,
 * postgresql.org/docs, dev.mysql.com/doc, mariadb.com/kb, mongodb.com/docs, elastic.co/guide.
 */
import type { ImageBehaviour } from '../world.ts';
import { type Catalogue, type CatalogueEntry, flagOf, portOf, type ProgramStart, refusal } from './entry.ts';

/** A server that speaks a protocol of its own. */
const server = (startupMs: number, port: number, more: ImageBehaviour = {}): ImageBehaviour => ({
  startupMs,
  listens: [port],
  speaksHttp: false,
  ...more,
});

/** MySQL speaks first; memcached says that it does not know what it is asked. */
const GREETS: ImageBehaviour = { greets: true };

const isGiven = (environment: ProgramStart['environment'], ...names: readonly string[]): boolean =>
  names.some((name) => (environment[name] ?? '') !== '' || (environment[`${name}_FILE`] ?? '') !== '');

/** `redis-server /etc/redis.conf --port 6380`: what the command line says counts over the file. */
function redisStarted({ argv, ownCommand, read }: ProgramStart): ImageBehaviour | undefined {
  const words = argv[0]?.startsWith('-') === true && !ownCommand ? argv : argv.slice(1);
  const [file] = words;
  let said = '';
  if (file !== undefined && !file.startsWith('-')) {
    const text = read(file.startsWith('/') ? file : `/data/${file}`);
    if (text === undefined)
      return refusal([`Fatal error, can't open config file '${file}': No such file or directory`]);
    said = text;
  }
  const isSentinel = /sentinel$/.test(argv[0] ?? '') || words.includes('--sentinel');
  const port = portOf(flagOf(words, '--port')) ?? portOf(/^\s*port\s+([0-9]+)/m.exec(said)?.[1]);
  if (port === undefined && !isSentinel) return undefined;
  return { listens: [port ?? 26_379] };
}

const redis = (product: string): CatalogueEntry => ({
  user: '0',
  image: server(200, 6379, {
    memory: '10Mi',
    logs: [`1:M * ${product} version, ready to accept connections tcp`],
  }),
  commands: ['redis-server', 'redis-sentinel', 'valkey-server', 'docker-entrypoint.sh'],
  programs: ['redis-cli', 'valkey-cli'],
  runsArguments: true,
  started: redisStarted,
});

/**
 * A claim's disk that is mounted, and not where the image keeps its data: the database is set up in a way of
 * its own, and nothing is demanded of its environment.
 */
const keepsDataElsewhere = ({ disks }: ProgramStart, data: string): boolean =>
  disks.length > 0 && !disks.some((disk) => disk === data || data.startsWith(`${disk}/`));

function postgresStarted(start: ProgramStart): ImageBehaviour | undefined {
  const { argv, environment, read } = start;
  const data = environment['PGDATA'] ?? '/var/lib/postgresql/data';
  const isTrusting = environment['POSTGRES_HOST_AUTH_METHOD'] === 'trust' || keepsDataElsewhere(start, data);
  if (read(`${data}/PG_VERSION`) === undefined && !isTrusting && !isGiven(environment, 'POSTGRES_PASSWORD'))
    return refusal([
      'Error: Database is uninitialized and superuser password is not specified.',
      '       You must specify POSTGRES_PASSWORD to a non-empty value for the',
      '       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".',
      '',
      '       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all',
      '       connections without a password. This is *not* recommended.',
      '',
      '       See PostgreSQL documentation about "trust":',
      '       https://www.postgresql.org/docs/current/auth-trust.html',
    ]);
  const port = portOf(flagOf(argv, '-p', '--port')) ?? portOf(environment['PGPORT']);
  return port === undefined ? undefined : { listens: [port] };
}

function mysqlStarted(start: ProgramStart): ImageBehaviour | undefined {
  const { argv, environment, list } = start;
  if (keepsDataElsewhere(start, '/var/lib/mysql')) return mysqlPort(argv);
  const asked = ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD'];
  if (!list('/var/lib/mysql').includes('mysql') && !isGiven(environment, ...asked))
    return refusal([
      '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified',
      '    You need to specify one of the following as an environment variable:',
      ...asked.map((name) => `    - ${name}`),
    ]);
  return mysqlPort(argv);
}

function mariadbStarted(start: ProgramStart): ImageBehaviour | undefined {
  const { argv, environment, list } = start;
  if (keepsDataElsewhere(start, '/var/lib/mysql')) return mysqlPort(argv);
  const names = ['ROOT_PASSWORD', 'ROOT_PASSWORD_HASH', 'ALLOW_EMPTY_ROOT_PASSWORD', 'RANDOM_ROOT_PASSWORD'];
  const asked = names.map((name) => `MARIADB_${name}`);
  const known = [...asked, ...names.map((name) => `MYSQL_${name}`), 'MYSQL_ALLOW_EMPTY_PASSWORD'];
  if (!list('/var/lib/mysql').includes('mysql') && !isGiven(environment, ...known))
    return refusal([
      '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified',
      `\tYou need to specify one of ${asked.slice(0, -1).join(', ')} and ${asked.at(-1)}`,
    ]);
  return mysqlPort(argv);
}

function mysqlPort(argv: readonly string[]): ImageBehaviour | undefined {
  const port = portOf(flagOf(argv, '--port', '-P'));
  return port === undefined ? undefined : { listens: [port] };
}

/** Both or none of user and password, or the entrypoint ends. */
function mongoStarted({ argv, environment }: ProgramStart): ImageBehaviour | undefined {
  const [user, password] = ['USERNAME', 'PASSWORD'].map((what) =>
    isGiven(environment, `MONGO_INITDB_ROOT_${what}`),
  );
  if (user !== password)
    return refusal([
      'error: missing "MONGO_INITDB_ROOT_USERNAME" or "MONGO_INITDB_ROOT_PASSWORD"',
      '       both must be specified for a user to be created',
    ]);
  const port = portOf(flagOf(argv, '--port'));
  return port === undefined ? undefined : { listens: [port] };
}

const portFlag =
  (...flags: readonly string[]) =>
  ({ argv }: ProgramStart): ImageBehaviour | undefined => {
    const port = portOf(flagOf(argv, ...flags));
    return port === undefined ? undefined : { listens: [port] };
  };

const SEARCH: ImageBehaviour = {
  startupMs: 15_000,
  listens: [9200, 9300],
  http: {
    '/*': { status: 200, body: '{"tagline":"You Know, for Search"}\n' },
    '/_cluster/health*': { status: 200, body: '{"status":"green"}\n' },
  },
  stopCode: 143,
};

const MYSQL = {
  commands: ['mysqld', 'docker-entrypoint.sh'],
  programs: ['mysql', 'mysqladmin'],
  runsArguments: true,
};

export const DATABASES: Catalogue = {
  redis: redis('Redis'),
  valkey: redis('Valkey'),
  'redis-slave': { image: server(300, 6379) },
  memcached: {
    user: 'memcache',
    image: server(100, 11_211, { memory: '5Mi', ...GREETS }),
    commands: ['memcached', 'docker-entrypoint.sh'],
    runsArguments: true,
    started: portFlag('-p', '--port'),
  },
  postgres: {
    user: '0',
    image: server(2500, 5432, {
      memory: '30Mi',
      stopSignal: 'INT',
      logs: ['PostgreSQL init process complete; ready for start up.'],
    }),
    commands: ['postgres', 'docker-entrypoint.sh'],
    programs: ['pg_isready', 'psql'],
    runsArguments: true,
    started: postgresStarted,
  },
  mysql: { user: '0', image: server(8000, 3306, GREETS), ...MYSQL, started: mysqlStarted },
  percona: { user: 'mysql', image: server(8000, 3306, GREETS), ...MYSQL, started: mysqlStarted },
  mariadb: {
    user: '0',
    image: server(4000, 3306, GREETS),
    commands: ['mariadbd', ...MYSQL.commands],
    programs: ['mariadb', 'mariadb-admin', ...MYSQL.programs],
    runsArguments: true,
    started: mariadbStarted,
  },
  mongo: {
    user: '0',
    image: server(2000, 27_017),
    commands: ['mongod', 'docker-entrypoint.sh'],
    runsArguments: true,
    started: mongoStarted,
  },
  cassandra: {
    user: '0',
    image: server(30_000, 9042, { listens: [7000, 9042], stopCode: 143 }),
    commands: ['cassandra', 'docker-entrypoint.sh'],
    runsArguments: true,
  },
  couchdb: { image: { startupMs: 3000, listens: [5984, 4369, 9100] } },
  influxdb: { image: { startupMs: 1000, listens: [8086] } },
  elasticsearch: { image: SEARCH, commands: ['elasticsearch', 'docker-entrypoint.sh'], runsArguments: true },
  opensearch: {
    image: { ...SEARCH, listens: [9200, 9300, 9600] },
    commands: ['opensearch', 'opensearch-docker-entrypoint.sh'],
    runsArguments: true,
  },
  kibana: { image: { startupMs: 10_000, listens: [5601] } },
};
