/** Who may do what: roles and their bindings. */
import type { ManifestObject } from '../../sim/api/manifest/read.ts';
import type { Path } from '../../sim/api/schema/check.ts';
import type { Draft, Edit } from '../edit.ts';
import { isFields, leftOut, list, setTo, text, type Fields } from '../shapes.ts';

const RBAC = 'reference/access-authn-authz/rbac/';
const GOOD_PRACTICES = 'concepts/security/rbac-good-practices/';

const ROLES = ['Role', 'ClusterRole'];

const each = (
  object: ManifestObject,
  draft: (rule: Fields, path: Path) => readonly Draft[],
): readonly Draft[] =>
  ROLES.includes(object.kind)
    ? list(object, ['rules']).flatMap((rule, i) => (isFields(rule) ? draft(rule, ['rules', i]) : []))
    : [];

/** `pods, services` */
const resourcesOf = (rule: Fields): { resources: string } => ({
  resources: [...list(rule, ['resources']), ...list(rule, ['nonResourceURLs'])].join(', '),
});

const roleVerbDropped: Edit = {
  name: 'RoleVerbDropped',
  direction: 'weaken',
  words: {
    en: '{object} no longer allows {verb} of {resources}',
    ja: '{object}が{resources}への{verb}を許可しない',
  },
  source: RBAC,
  drafts: (object, place) =>
    each(object, (rule, path) => {
      const verbs = list(rule, ['verbs']).map(String);
      return verbs.length < 2
        ? []
        : verbs.map((verb) =>
            setTo(
              place,
              [...path, 'verbs'],
              verbs.filter((v) => v !== verb),
              { verb, ...resourcesOf(rule) },
            ),
          );
    }),
};

const roleOpened: Edit = {
  name: 'RoleOpened',
  direction: 'weaken',
  words: {
    en: '{object} allows everything of {resources}',
    ja: '{object}が{resources}へのすべての操作を許可する',
  },
  source: GOOD_PRACTICES,
  drafts: (object, place) =>
    each(object, (rule, path) =>
      list(rule, ['verbs']).includes('*') ? [] : [setTo(place, [...path, 'verbs'], ['*'], resourcesOf(rule))],
    ),
};

const roleSubjectMistyped: Edit = {
  name: 'RoleBindingSubjectMistyped',
  direction: 'weaken',
  words: {
    en: '{object} is for {subject}, who does not exist',
    ja: '{object}の対象が存在しない{subject}になっている',
  },
  source: RBAC,
  drafts: (object, place) =>
    ['RoleBinding', 'ClusterRoleBinding'].includes(object.kind)
      ? list(object, ['subjects']).flatMap((subject, i) => {
          const name = text(subject, ['name']);
          if (name === undefined) return [];
          const wrong = `${name}x`;
          return [setTo(place, ['subjects', i, 'name'], wrong, { subject: wrong })];
        })
      : [],
};

/** Who only looks on can break nothing. */
const roleNarrowed: Edit = {
  name: 'RoleNarrowed',
  direction: 'strengthen',
  words: {
    en: '{object} allows {resources} to be read only, where it allowed everything',
    ja: 'すべてを許可していた{object}が{resources}の読み取りだけを許可する',
  },
  source: GOOD_PRACTICES,
  drafts: (object, place) =>
    each(object, (rule, path) =>
      list(rule, ['verbs']).includes('*') && list(rule, ['resources']).length > 0
        ? [setTo(place, [...path, 'verbs'], ['get', 'list', 'watch'], resourcesOf(rule))]
        : [],
    ),
};

export const access: readonly Edit[] = [
  leftOut('RoleBindingDropped', ['RoleBinding', 'ClusterRoleBinding'], RBAC),
  roleVerbDropped,
  roleOpened,
  roleSubjectMistyped,
  roleNarrowed,
];
