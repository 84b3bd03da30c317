/** `kubectl auth`. Sources: staging/src/k8s.io/kubectl/pkg/cmd/auth/{cani,whoami}.go. */
import { userInfoOf } from '../../sim/api/authentication/user.ts';
import type { Attributes } from '../../sim/api/authorization/attributes.ts';
import type { ResourceDefinition } from '../../sim/api/resources/definition.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import { KubectlError } from '../errors.ts';
import { ALL_NAMESPACES, flag, OUTPUT } from '../flags.ts';
import { toYaml } from '../output/yaml.ts';
import { inBrackets, listedRules, RULE_HEADERS, ruleCells } from '../rules.ts';
import { alignRows } from '../printers/table.ts';
import { resolveAsked } from '../resources.ts';
import { writeErr, writeOut, type Session, type Verb } from '../session.ts';

const RESOURCE_VERBS = new Set(
  (
    'get list watch create update patch delete deletecollection use bind impersonate * approve sign ' +
    'escalate attest'
  ).split(' '),
);
const URL_VERBS = new Set('get put post head options delete patch *'.split(' '));

/** What rules speak of and no server has (nonStandardResourceNames). */
const UNSERVED = new Set(['users', 'groups']);

/** `pods`, `deployments.apps/web`, `*`: a resource, known or not, and a name. */
function resourceOf(
  session: Session,
  text: string,
): { group: string; resource: string; name: string; definition?: ResourceDefinition } {
  const [type, name = ''] = text.split('/', 2) as [string, string?];
  if (type === '*') return { group: '*', resource: '*', name };
  try {
    const definition = resolveAsked(session.cluster, type).info;
    return { group: definition.group, resource: definition.plural, name, definition };
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    const [resource, ...group] = type.split('.');
    if (UNSERVED.has(type)) return { group: '', resource: type, name };
    writeErr(
      session,
      group.length === 0
        ? `Warning: the server doesn't have a resource type '${type}'\n\n`
        : `Warning: the server doesn't have a resource type '${resource}' in group '${group.join('.')}'\n\n`,
    );
    return { group: group.join('.'), resource: resource!, name };
  }
}

function attributesOf(session: Session): Attributes {
  const { args, flags } = session;
  const [verb, what] = args;
  if (args.length !== 2 || verb === undefined || what === undefined)
    throw new KubectlError(
      'you must specify two arguments: verb resource or verb resource/resourceName.\n' +
        "See 'kubectl auth can-i -h' for help and examples.",
    );
  if (what.startsWith('/')) {
    if (!URL_VERBS.has(verb)) writeErr(session, `Warning: verb '${verb}' is not a known verb\n\n`);
    if (flags.has('subresource')) throw new KubectlError('--subresource can not be used with NonResourceURL');
    return { verb, path: what };
  }
  const { group, resource, name, definition } = resourceOf(session, what);
  if (!RESOURCE_VERBS.has(verb)) writeErr(session, `Warning: verb '${verb}' is not a known verb\n\n`);
  const everywhere = flags.bool('all-namespaces');
  if (definition !== undefined && !definition.namespaced && !everywhere) {
    const of = definition.group === '' ? '' : ` in group '${definition.group}'`;
    writeErr(session, `Warning: resource '${definition.plural}' is not namespace scoped${of}\n\n`);
  }
  return {
    verb,
    group,
    resource,
    subresource: flags.text('subresource'),
    namespace: everywhere ? '' : session.namespace,
    name,
  };
}

function list(session: Session): number {
  const { rules, problems } = session.api.rights(session.namespace);
  if (problems.length > 0) writeErr(session, `warning: the list may be incomplete: ${problems.join(', ')}\n`);
  const rows = listedRules(rules).map(ruleCells);
  writeOut(session, alignRows(session.flags.bool('no-headers') ? rows : [RULE_HEADERS, ...rows]));
  return 0;
}

export const authCanI: Verb = {
  name: 'auth can-i',
  flags: [
    ALL_NAMESPACES,
    flag('list'),
    flag('quiet', 'bool', 'q'),
    flag('subresource', 'string'),
    flag('no-headers'),
  ],
  run(session) {
    const { flags, args } = session;
    if (flags.bool('list')) {
      if (args.length > 0) throw new KubectlError('list option must be specified with no arguments');
      if (flags.bool('quiet'))
        throw new KubectlError(
          "list option can't be specified with neither quiet, all-namespaces nor subresource options",
        );
      return list(session);
    }
    const { allowed, reason } = session.api.may(attributesOf(session));
    if (!flags.bool('quiet'))
      writeOut(session, allowed ? 'yes\n' : `no${reason === '' ? '' : ` - ${reason}`}\n`);
    return allowed ? 0 : 1;
  },
};

export const authWhoAmI: Verb = {
  name: 'auth whoami',
  flags: [OUTPUT],
  run(session) {
    const { username, uid, groups, extra = {} } = userInfoOf(session.api.by);
    const output = session.flags.text('output');
    if (output === 'name') {
      writeOut(session, 'selfsubjectreview.authentication.k8s.io/<unknown>\n');
      return 0;
    }
    if (output === 'json' || output === 'yaml') {
      const review = {
        kind: 'SelfSubjectReview',
        apiVersion: 'authentication.k8s.io/v1',
        metadata: { creationTimestamp: rfc3339(session.cluster.now) },
        status: {
          userInfo: {
            username,
            ...(uid === undefined ? {} : { uid }),
            groups,
            ...(Object.keys(extra).length === 0 ? {} : { extra }),
          },
        },
      };
      writeOut(session, output === 'json' ? `${JSON.stringify(review, undefined, 4)}\n` : toYaml(review));
      return 0;
    }
    if (output !== '')
      throw new KubectlError(
        `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed ` +
          'formats are: json,yaml',
      );
    writeOut(
      session,
      alignRows([
        ['ATTRIBUTE', 'VALUE'],
        ['Username', username],
        ...(uid === undefined ? [] : [['UID', uid]]),
        ...(groups.length === 0 ? [] : [['Groups', inBrackets(groups)]]),
        ...Object.entries(extra)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, values]) => [`Extra: ${key}`, inBrackets(values)]),
      ]),
    );
    return 0;
  },
};
