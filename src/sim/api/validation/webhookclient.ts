/** Where webhooks are found. Models staging/src/k8s.io/apiserver/pkg/util/webhook/validation.go. */
import type { IWebhookClientConfig } from 'kubernetes-models/admissionregistration.k8s.io/v1';
import { isNil } from '../defaults/fill.ts';
import { invalidValue, required, type Causes } from './field.ts';
import { portNumberProblems, subdomainProblems } from './text.ts';

const FORM = '; desired format: https://host[/path]';
/** Scheme, user, host, query and fragment. */
const URL_PARTS =
  /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/(?:([^/?#]*)@)?([^/?#@]*))?[^?#]*(?:\?([^#]*))?(?:#(.*))?$/;

/** ValidateWebhookURL, of one that has to be asked by HTTPS. */
function validateUrl(url: string, field: string, out: Causes): void {
  const [, scheme = '', user, host = '', query = '', fragment = ''] = URL_PARTS.exec(url) ?? [];
  const wrong = (value: string, why: string): void => void out.push(invalidValue(field, value, why));
  if (scheme.toLowerCase() !== 'https')
    wrong(scheme.toLowerCase(), `'https' is the only allowed URL scheme${FORM}`);
  if (host === '') wrong(host, `host must be specified${FORM}`);
  if (user !== undefined) wrong(user, 'user information is not permitted in the URL');
  if (fragment !== '') wrong(fragment, 'fragments are not permitted in the URL');
  if (query !== '') wrong(query, 'query parameters are not permitted in the URL');
}

function validatePath(path: string, field: string, out: Causes): void {
  const wrong = (why: string): void => void out.push(invalidValue(field, path, why));
  if (path === '' || path === '/') return;
  if (path === '//') return wrong('segment[0] may not be empty');
  if (!path.startsWith('/')) wrong("must start with a '/'");
  const steps = path.slice(1).replace(/\/$/, '').split('/');
  for (const [i, step] of steps.entries()) {
    if (step === '') wrong(`segment[${i}] may not be empty`);
    else for (const problem of subdomainProblems(step)) wrong(`segment[${i}]: ${problem}`);
  }
}

/** @param field of the configuration; `url` and `service` stand in it */
export function validateWebhookClient(
  { url, service }: Pick<IWebhookClientConfig, 'url' | 'service'>,
  field: string,
  out: Causes,
): void {
  if (isNil(url) === isNil(service)) out.push(required(field, 'exactly one of url or service is required'));
  else if (!isNil(url)) validateUrl(url, `${field}.url`, out);
  else if (!isNil(service)) {
    const { name, namespace, port = 443, path } = service;
    if (!name) out.push(required(`${field}.service.name`));
    if (!namespace) out.push(required(`${field}.service.namespace`));
    const problems = portNumberProblems(port);
    if (problems.length > 0)
      out.push(invalidValue(`${field}.service.port`, port, `port is not valid: ${problems.join(', ')}`));
    if (!isNil(path)) validatePath(path, `${field}.service.path`, out);
  }
}
