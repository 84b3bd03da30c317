// The declarations of a published package may name only what its users install. The types of Kubernetes'
// objects come from a development dependency: what our declarations reach of them is copied beside them, the
// interfaces without the classes of that package.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';

const HERE = 'dist/kubernetes-models';
/** Kubernetes' own groups, and its meta types, which that package keeps in another. */
const PACKAGE = /^(?:kubernetes-models|@kubernetes-models\/apimachinery)\//;

/** @param {string} folder @returns {string[]} */
const declarations = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) => {
    const path = join(folder, e.name);
    return e.isDirectory() ? declarations(path) : e.name.endsWith('.d.ts') ? [path] : [];
  });

/** @param {string} root of the project; writes under its dist/ */
export function bringKubernetesTypes(root) {
  const modules = join(root, 'node_modules');
  /** @type {Set<string>} */
  const brought = new Set();

  /** The module that declares a name of a group's index. @param {string} group @param {string} name */
  const moduleOf = (group, name) => {
    const file = `${group}/${name.slice(1)}`;
    readFileSync(join(modules, `${file}.d.ts`));
    return file;
  };

  /** @param {string} module as `kubernetes-models/v1/Pod` */
  const bring = (module) => {
    if (brought.has(module)) return;
    brought.add(module);
    const given = readFileSync(join(modules, `${module}.d.ts`), 'utf8');
    const classes = [...given.matchAll(/^export declare class (\w+)/gm)].map((m) => m[1]);
    const text = given
      .replace(/^import \{[^}]*\} from "@kubernetes-models\/base";\n/m, '')
      .replace(/\/\*\*(?:(?!\*\/)[\s\S])*\*\/\nexport declare class [\s\S]*?\n\}\n/g, '')
      .replace(/^export declare class [\s\S]*?\n\}\n/gm, '')
      .replace(/ extends TypeMeta \{/g, ' {')
      .replace(/^export type \{([^}]*)\};$/gm, (_, names) => {
        const interfaces = names
          .split(',')
          .map((/** @type {string} */ n) => n.trim())
          .filter((/** @type {string} */ n) => !classes.includes(n.split(' as ')[0]));
        return `export type { ${interfaces.join(', ')} };`;
      })
      .replace(/ from "([^"]+)";/g, (_, from) => {
        const to = from.startsWith('.') ? posix.join(dirname(module), from.replace(/\.js$/, '')) : from;
        bring(to);
        return ` from "${linkFrom(`${HERE}/${module}`, to)}";`;
      });
    if (
      /\b(?:Model|ModelData|TypeMeta)\b|@kubernetes-models\/base/.test(text.replace(/\/\*[\s\S]*?\*\//g, ''))
    )
      throw new Error(`${module}.d.ts is not written as expected: see scripts/build/kubernetes-types.mjs`);
    const file = join(root, HERE, `${module}.d.ts`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };

  /** @param {string} from a module without its ending @param {string} to */
  const linkFrom = (from, to) => {
    const path = posix.relative(dirname(from), `${HERE}/${to}`);
    return `${path.startsWith('.') ? path : `./${path}`}.js`;
  };

  for (const file of declarations(join(root, 'dist'))) {
    const text = readFileSync(file, 'utf8');
    const own = relative(root, file).replaceAll('\\', '/');
    const linked = text.replace(
      /import type \{([^}]*)\} from '((?:@?kubernetes-models)\/[^']*)';/g,
      (whole, names, group) => {
        if (!PACKAGE.test(group)) return whole;
        return names
          .split(',')
          .map((/** @type {string} */ n) => n.trim())
          .filter((/** @type {string} */ n) => n !== '')
          .map((/** @type {string} */ n) => {
            const module = moduleOf(group, n.split(' as ')[0] ?? n);
            bring(module);
            return `import type { ${n} } from '${linkFrom(own, module)}';`;
          })
          .join('\n');
      },
    );
    if (linked !== text) writeFileSync(file, linked);
    if (/from ['"]@?kubernetes-models/.test(linked))
      throw new Error(`${own} still names kubernetes-models: see scripts/build/kubernetes-types.mjs`);
  }
  copyFileSync(join(modules, 'kubernetes-models/LICENSE'), join(root, HERE, 'LICENSE'));
}
