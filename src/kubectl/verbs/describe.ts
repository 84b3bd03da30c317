/** `kubectl describe`. Source: staging/src/k8s.io/kubectl/pkg/cmd/describe/describe.go. */
import { isNotFound } from '../../sim/api/errors.ts';
import { describeObject } from '../describe/index.ts';
import { KubectlError } from '../errors.ts';
import { fileItems } from '../files.ts';
import { ALL_NAMESPACES, FILENAME, flag, SELECTOR } from '../flags.ts';
import { resolveType, select, throwErrors } from '../resources.ts';
import type { Item, Selection } from '../resources.ts';
import { writeErr, writeOut } from '../session.ts';
import type { Session, Verb } from '../session.ts';
import { deprecationWarnings } from './get.ts';

/** `describe pod web` also means pods whose names begin with `web`, when there is no such pod. */
function byPrefix(session: Session, selection: Selection): readonly Item[] {
  const [type, prefix, ...more] = session.args;
  if (
    prefix === undefined ||
    more.length > 0 ||
    selection.errors.length !== 1 ||
    !isNotFound(selection.errors[0])
  )
    return [];
  const info = resolveType(session.cluster.resources, type!);
  return session.api
    .list(info.resource, info.namespaced ? { namespace: session.namespace } : {})
    .filter((object) => object.metadata.name.startsWith(prefix))
    .map((object) => ({ info, object }));
}

export const describeVerb: Verb = {
  name: 'describe',
  flags: [...FILENAME, SELECTOR, ALL_NAMESPACES, flag('show-events')],
  run(session) {
    const { flags } = session;
    if (session.args.length === 0 && !flags.has('filename')) {
      throw new KubectlError(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete ' +
          'list of supported resources.\n',
      );
    }
    const selection = select(session, { allowAllOfType: true, ...fileItems(session) });
    deprecationWarnings(
      session,
      selection.groups.map((g) => g.info.resource),
    );
    const prefixed = byPrefix(session, selection);
    const items = selection.items.length > 0 ? selection.items : prefixed;
    const isOne = prefixed.length === 0 && items.length === 1 && selection.errors.length === 0;
    const showEvents = flags.has('show-events') ? flags.bool('show-events') : isOne;
    items.forEach((item, i) => {
      const text = describeObject(item.object, { api: session.api, now: session.now }, showEvents);
      if (prefixed.length > 0) writeOut(session, `${text}\n`);
      else writeOut(session, i === 0 ? text : `\n\n${text}`);
    });
    if (prefixed.length === 0) throwErrors(selection.errors);
    if (items.length === 0) {
      writeErr(
        session,
        !flags.bool('all-namespaces')
          ? `No resources found in ${session.namespace} namespace.\n`
          : 'No resources found\n',
      );
    }
    return 0;
  },
};
