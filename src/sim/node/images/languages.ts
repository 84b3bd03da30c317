/**
 * Runtimes of languages: without a command they open an interpreter, which ends at once where nobody types;
 * with one they run a program that nobody described, unless it is a server that comes with them. Sources: the
 * images' pages on Docker Hub, docs.python.org (http.server), php.net (built-in web server).
 */
import type { ImageBehaviour } from '../world.ts';
import { type Catalogue, type CatalogueEntry, flagOf, portOf, type ProgramStart } from './entry.ts';

const ASSUMED: ImageBehaviour = { assumed: true };

/** An interpreter that reads the end of its standard input. */
const ENDS: ImageBehaviour = { listens: [], exits: { afterMs: 100, code: 0 } };

const runtime = (started: (start: ProgramStart) => ImageBehaviour): CatalogueEntry => ({
  user: '0',
  image: {},
  started: (start) => (start.argv.length === 0 ? ENDS : started(start)),
});

/** `python -m http.server 8080` has no handler for SIGTERM: as the first process it goes on. */
function pythonStarted({ argv }: ProgramStart): ImageBehaviour {
  const module = flagOf(argv, '-m');
  if (module !== 'http.server' && module !== 'SimpleHTTPServer') return ASSUMED;
  const port = argv
    .slice(argv.indexOf(module) + 1)
    .map(portOf)
    .find((p) => p !== undefined);
  return { startupMs: 300, listens: [port ?? 8000], http: { '/*': { status: 200 } }, ignoresSigterm: true };
}

function phpStarted({ argv }: ProgramStart): ImageBehaviour {
  const port = portOf(flagOf(argv, '-S'));
  return port === undefined ? ASSUMED : { startupMs: 200, listens: [port], http: { '/*': { status: 200 } } };
}

const assumed = runtime(() => ASSUMED);

const APACHE_PHP: ImageBehaviour = {
  startupMs: 500,
  listens: [80],
  stopSignal: 'WINCH',
  http: { '/*': { status: 200 } },
};

export const LANGUAGES: Catalogue = {
  node: assumed,
  python: runtime(pythonStarted),
  ruby: assumed,
  perl: assumed,
  golang: assumed,
  rust: assumed,
  gcc: assumed,
  maven: assumed,
  gradle: assumed,
  openjdk: assumed,
  'eclipse-temurin': assumed,
  php: runtime(phpStarted),
  'hpa-example': {
    image: { ...APACHE_PHP, http: { '/*': { status: 200, body: 'OK!' } }, cpu: { perRequest: '40m' } },
  },
  tomcat: {
    image: { startupMs: 3000, listens: [8080], http: { '/*': { status: 404 } }, stopCode: 143 },
    commands: ['catalina.sh'],
  },
};
