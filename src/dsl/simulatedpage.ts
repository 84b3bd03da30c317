/** The page that says of every kind and field how far it is simulated. */
import { schemaOf, type ResourceDefinition, type Simulated } from '../sim/api/resources/definition.ts';
import { extentOf, partOf } from '../sim/api/resources/simulated.ts';
import { fieldsOf, type FieldType, type ObjectType } from '../sim/api/schema/types.ts';

const HEAD = `# What is simulated

Written by \`npm run generate\` from the definitions of the resources and the table beside them (\`src/sim/api/resources\`).

A field is *played* (a component of the simulated cluster does with it what the real one does), played *partly* (what of it, stands beside), or
*stored only*: it is checked, defaulted, printed and kept as the API server keeps it, and nothing comes of it. A run lists at its end, as *taken as
given*, which of these its manifests said, with file and line; a step \`strict simulation\` refuses them. Status is written by the cluster and not listed.
`;

const ADMISSION = `## Admission

Nothing is audited. There is no log in which the annotations of PodSecurity (the mode \`audit\`) and of ValidatingAdmissionPolicies (the action \`Audit\`,
\`auditAnnotations\`) would stand, so nothing comes of them.

ClusterTrustBundleAttest, PodGroupProtection and PodGroupWorkloadExists have nothing to judge: ClusterTrustBundles, PodGroups and Workloads are not served,
as in a cluster of 1.36 whose feature gates are as they come.
`;

/** The objects below types, each once, as they are met; what is stored only is not entered. */
function typesFrom(roots: readonly ObjectType[]): ObjectType[] {
  const seen = new Map<string, ObjectType>();
  const visit = (of: FieldType): void => {
    if (of.kind === 'list' || of.kind === 'map') return visit(of.of);
    if (of.kind !== 'object' || seen.has(of.name)) return;
    seen.set(of.name, of);
    for (const field of fieldsOf(of).values())
      if (extentOf(of.name, field.name) !== 'stored' && !(of.typeMeta && field.name === 'status'))
        visit(field.type);
  };
  roots.forEach(visit);
  return [...seen.values()];
}

/** `v1.PodSpec` → `PodSpec` */
const titleOf = ({ name }: ObjectType): string => name.slice(name.indexOf('.') + 1).replace(/#.*/, '');

const code = (names: readonly string[]): string => names.map((n) => `\`${n}\``).join(', ');

function section(type: ObjectType): string {
  const fields = [...fieldsOf(type).values()]
    .map((f) => f.name)
    .filter((name) => !(type.typeMeta && name === 'status'));
  const of = (extent: string): string[] => fields.filter((f) => extentOf(type.name, f) === extent);
  const partly = of('partly').map((field) => `\`${field}\` (${partOf(type.name, field)})`);
  const lines = [
    ['Played', code(of('played'))],
    ['Partly', partly.join('; ')],
    ['Stored only', code(of('stored'))],
  ].filter(([, list]) => list !== '');
  return `### ${titleOf(type)}\n\n${lines.map(([extent, list]) => `- ${extent}: ${list}.`).join('\n')}\n`;
}

const nameOf = ({ kind, apiVersion }: ResourceDefinition): string => `\`${kind}\` (\`${apiVersion}\`)`;

/** @example simulatedPage(RESOURCES) */
export function simulatedPage(resources: readonly ResourceDefinition[]): string {
  const of = (extent: Simulated): ResourceDefinition[] => resources.filter((d) => d.simulated === extent);
  const roots = of('played').flatMap((definition) => schemaOf(definition) ?? []);
  const kinds = (list: readonly ResourceDefinition[]): string =>
    `${list.map((definition) => `- ${nameOf(definition)}`).join('\n')}\n`;
  const types = typesFrom(roots).filter((type) => fieldsOf(type).size > 0);
  return [
    HEAD,
    '## Kinds\n',
    'Played:\n',
    kinds(of('played')),
    'Stored only, with all that they say:\n',
    kinds(of('stored')),
    '## Fields of the kinds that are played, by type\n',
    ...types.map(section),
    ADMISSION,
  ].join('\n');
}
