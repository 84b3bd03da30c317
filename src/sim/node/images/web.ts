/** Web servers. Sources: the images' pages on Docker Hub, their Dockerfiles, nginx.org, httpd.apache.org. */
import type { ImageBehaviour } from '../world.ts';
import type { Catalogue } from './entry.ts';

const NGINX_PAGE = `<!DOCTYPE html>
<html>
<head><title>Welcome to nginx!</title></head>
<body>
<h1>Welcome to nginx!</h1>
</body>
</html>
`;
const NGINX_ERROR_PAGE = `<!DOCTYPE html>
<html>
<head><title>Error</title></head>
<body><h1>An error occurred.</h1></body>
</html>
`;

const NGINX: ImageBehaviour = {
  startupMs: 200,
  listens: [80],
  files: {
    '/usr/share/nginx/html/index.html': NGINX_PAGE,
    '/usr/share/nginx/html/50x.html': NGINX_ERROR_PAGE,
    '/etc/nginx/nginx.conf': 'user nginx;\nworker_processes auto;\n',
  },
  root: '/usr/share/nginx/html',
  memory: '10Mi',
  stopSignal: 'QUIT',
  accessLog: 'nginx',
  logs: ['/docker-entrypoint.sh: Configuration complete; ready for start up'],
};

const HTTPD: ImageBehaviour = {
  startupMs: 300,
  listens: [80],
  files: { '/usr/local/apache2/htdocs/index.html': '<html><body><h1>It works!</h1></body></html>\n' },
  root: '/usr/local/apache2/htdocs',
  stopSignal: 'WINCH',
  accessLog: 'httpd',
};

export const WEB: Catalogue = { nginx: { image: NGINX }, httpd: { image: HTTPD } };
