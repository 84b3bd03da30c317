/**
 * `kubectl explain`. Sources: staging/src/k8s.io/kubectl/pkg/cmd/explain/explain.go, pkg/explain/explain.go,
 * pkg/explain/v2/templates/plaintext.tmpl.
 */
import { apiVersionText, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import { KubectlError } from '../errors.ts';
import { type Explained, explained, type ExplainedField, metadataOf } from '../explainfields.ts';
import { explainedMetrics } from '../explainmetrics.ts';
import { flag, OUTPUT } from '../flags.ts';
import { METRICS_GROUP } from '../metricsapi.ts';
import { resolveAsked, resolveType } from '../resources.ts';
import { writeErr, writeOut, type Session, type Verb } from '../session.ts';

const WIDTH = 80;
/** How many of a field's values stand in a list of fields. */
const VALUES = 4;

/** Lines of at most so many characters; line breaks stay. Source: go-wordwrap, as the template uses it. */
function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let current = '';
    for (const word of line.split(' ')) {
      if (current !== '' && current.length + 1 + word.length > width) {
        lines.push(current);
        current = word;
      } else current = current === '' ? word : `${current} ${word}`;
    }
    return [...lines, current];
  });
}

const indented = (text: string, by: number, width: number): string =>
  wrapped(text, width)
    .map((line) => `${' '.repeat(by)}${line}\n`)
    .join('');

const valueText = (value: string): string => (value === '' ? '""' : value);

function fieldText({ name, required, of }: ExplainedField, indent: number, short: boolean): string {
  const pad = ' '.repeat(indent);
  const values = of.values.slice(0, VALUES).map(valueText).join(', ');
  const more = of.values.length > VALUES ? ', ....' : '';
  const head =
    `${pad}${name}\t<${of.type}>${required ? ' -required-' : ''}` +
    (of.values.length === 0 ? '\n' : `\n${pad}enum: ${values}${more}\n`);
  if (short) return head;
  const description = of.description ?? '<no description>';
  return `${head}${indented(description, indent + 2, WIDTH - 2 - indent)}\n`;
}

/** Fields below one another; a type that is met within itself is not gone into again. */
function fieldList(of: Explained, indent: number, recursive: boolean, met: readonly string[]): string {
  if (of.name !== undefined && met.includes(of.name)) return '';
  const within = of.name === undefined ? met : [...met, of.name];
  return of
    .fields()
    .map(
      (field) =>
        fieldText(field, indent, recursive) +
        (recursive ? fieldList(field.of, indent + 2, recursive, within) : ''),
    )
    .join('');
}

/** `pods.spec`, `deployments.apps.spec.replicas`: the type, and the path of fields behind it. */
function target(session: Session, text: string): { info: ResourceDefinition; path: string[] } {
  const [name = '', ...rest] = text.replace(/\.$/, '').split('.');
  const groups = [...session.cluster.resources.asked()].filter(
    (d) => d.group !== '' && `${rest.join('.')}.`.startsWith(`${d.group}.`),
  );
  for (const { group } of groups) {
    try {
      const info = resolveType(session.cluster.resources, `${name}.${group}`);
      return { info, path: rest.slice(group.split('.').length) };
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
    }
  }
  return { info: resolveAsked(session.cluster, name).info, path: rest };
}

/** The version that is asked for, of those that are served. @throws KubectlError */
function versionAsked({ flags }: Session, info: ResourceDefinition): string {
  const asked = flags.text('api-version');
  if (asked === '') return info.versions[0]!.name;
  const found = info.versions.find(({ name }) => apiVersionText(info.group, name) === asked);
  if (found === undefined) {
    const [group, version] = asked.includes('/') ? asked.split('/') : ['', asked];
    throw new KubectlError(
      `couldn't find resource for "${group === '' ? '' : `${group}/`}${version}, Resource=${info.plural}"`,
    );
  }
  return found.name;
}

export const explainVerb: Verb = {
  name: 'explain',
  flags: [flag('recursive', 'bool', 'R'), flag('api-version', 'string'), OUTPUT],
  run(session) {
    const { args, flags, cluster } = session;
    if (args.length === 0)
      throw new KubectlError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete ' +
          'list of supported resources.\n',
      );
    if (args.length > 1) throw new KubectlError('We accept only this format: explain RESOURCE\n');
    const output = flags.text('output') || 'plaintext';
    if (output === 'plaintext-openapiv2')
      throw new KubectlError('--output=plaintext-openapiv2 is not simulated: leave it out');
    if (output !== 'plaintext') throw new KubectlError(`unrecognized format: ${output}`);
    const found = target(session, args[0]!);
    const { path } = found;
    const asked = flags.text('api-version');
    const info = (asked !== '' && cluster.resources.ofGroup(asked, found.info.kind)) || found.info;
    const version = versionAsked(session, info);
    const apiVersion = apiVersionText(info.group, version);
    const pods = cluster.resources.get('Pod');
    let of =
      info.group === METRICS_GROUP
        ? explainedMetrics(info.kind, metadataOf(pods))
        : explained(info, apiVersion, version, pods);
    if (of === undefined)
      throw new KubectlError(`GVR (${apiVersion}, Resource=${info.plural}) not found in OpenAPI schema`);
    let field: ExplainedField | undefined;
    for (const name of path) {
      field = of.fields().find((f) => f.name === name);
      if (field === undefined) throw new KubectlError(`field "${path.at(-1)}" does not exist`);
      of = field.of;
    }
    if (info.group !== '') writeOut(session, `GROUP:      ${info.group}\n`);
    writeOut(session, `KIND:       ${info.kind}\nVERSION:    ${version}\n\n`);
    if (field !== undefined) {
      const values = of.values.map((value) => `\n    ${valueText(value)}`).join('');
      writeOut(session, `FIELD: ${field.name} <${of.type}>\n${values === '' ? '' : `ENUM:${values}`}\n\n`);
    }
    writeOut(session, `DESCRIPTION:\n${indented(of.description ?? '<empty>', 4, WIDTH - 4)}`);
    const fields = fieldList(of, 2, flags.bool('recursive'), []);
    if (fields !== '') writeOut(session, `FIELDS:\n${fields}`);
    writeOut(session, '\n');
    if (info.schemas === undefined)
      writeErr(
        session,
        "Seatrial holds the fields of Kubernetes' own kinds, their types and values, and no descriptions " +
          'of them: see https://kubernetes.io/docs/reference/kubernetes-api/\n',
      );
    return 0;
  },
};
