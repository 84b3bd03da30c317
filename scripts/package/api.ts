/**
 * `npm run api`: compares the public surface of the package, as its declarations give it, with the report of
 * it in docs/api.md; exit 1 where it differs. `-- --accept` writes the report: after a change that is meant.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript-api';
import { ROOT } from './packed.ts';

export const REPORT = join(ROOT, 'docs', 'api.md');

/** What an entry exports, or an export speaks of. */
export interface Exported {
  readonly name: string;
  /** What it is at run time; a type is nothing then. */
  readonly kind: 'class' | 'function' | 'value' | 'type';
  /** Declarations without their comments. */
  readonly text: string;
  readonly comment: string;
  /** Code that shows its use. */
  readonly examples: readonly string[];
}

export interface Entry {
  /** As it is imported. */
  readonly name: string;
  readonly exported: readonly Exported[];
}

export interface Surface {
  readonly entries: readonly Entry[];
  /** What exports speak of and no entry exports. */
  readonly reached: readonly Exported[];
}

type Exports = Readonly<Record<string, string | { readonly types: string }>>;

const entryFiles = (): readonly (readonly [name: string, file: string])[] => {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { exports: Exports };
  return Object.entries(exports).flatMap(([name, to]) =>
    typeof to === 'string' ? [] : [[name.replace(/^\./, 'seatrial'), join(ROOT, to.types)] as const],
  );
};

const isTopLevel = (node: ts.Node): boolean =>
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isVariableDeclaration(node);

/** Of our own declarations, those of Kubernetes' objects aside. */
function isOurs(node: ts.Node): boolean {
  const path = relative(ROOT, node.getSourceFile().fileName).split(sep).join('/');
  return path.startsWith('dist/') && !path.startsWith('dist/kubernetes-models/');
}

const printer = ts.createPrinter({ removeComments: true });

/** Private members are nobody's business. */
const withoutPrivates: ts.TransformerFactory<ts.Node> = (context) => (root) => {
  const visit = (node: ts.Node): ts.Node | undefined =>
    ts.isClassElement(node) &&
    (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Private) !== 0
      ? undefined
      : ts.visitEachChild(node, visit, context);
  return ts.visitNode(root, visit)!;
};

function textOf(node: ts.Declaration): string {
  const whole = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const { transformed } = ts.transform(whole, [withoutPrivates]);
  return printer
    .printNode(ts.EmitHint.Unspecified, transformed[0]!, node.getSourceFile())
    .replace(/^export (?:declare )?|^declare /, '')
    .replace(/^ {4}/gm, (indent) => indent.slice(2));
}

function kindOf(node: ts.Declaration): Exported['kind'] {
  if (ts.isClassDeclaration(node)) return 'class';
  if (ts.isFunctionDeclaration(node)) return 'function';
  return ts.isVariableDeclaration(node) ? 'value' : 'type';
}

/** Reads the declarations of dist/. */
export function readSurface(): Surface {
  const files = entryFiles();
  for (const [, file] of files)
    if (!existsSync(file)) throw new Error(`there is no ${file}: run npm run build first`);
  const program = ts.createProgram(
    files.map(([, file]) => file),
    { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023, skipLibCheck: true, types: ['node'] },
  );
  const checker = program.getTypeChecker();
  const resolved = (symbol: ts.Symbol): ts.Symbol =>
    (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  const declared = (symbol: ts.Symbol): ts.Declaration[] => (symbol.declarations ?? []).filter(isTopLevel);

  const describe = (name: string, symbol: ts.Symbol): Exported => {
    const declarations = declared(symbol);
    return {
      name,
      kind: kindOf(declarations[0]!),
      text: declarations.map(textOf).join('\n'),
      comment: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
      examples: symbol
        .getJsDocTags(checker)
        .filter((t) => t.name === 'example')
        .map((t) => ts.displayPartsToString(t.text)),
    };
  };

  const all = new Set<ts.Symbol>();
  const entries = files.map(([name, file]): Entry => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
    const exported = checker
      .getExportsOfModule(module)
      .map((symbol) => [symbol.name, resolved(symbol)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, symbol] of exported) all.add(symbol);
    return { name, exported: exported.map(([own, symbol]) => describe(own, symbol)) };
  });

  const reached = new Map<ts.Symbol, Exported>();
  const follow = (node: ts.Node): void => {
    if (
      ts.isClassElement(node) &&
      (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Private) !== 0
    )
      return;
    if (ts.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      const target = symbol === undefined ? undefined : resolved(symbol);
      const declarations = target === undefined ? [] : declared(target).filter(isOurs);
      if (target !== undefined && declarations.length > 0 && !all.has(target)) {
        all.add(target);
        reached.set(target, describe(target.name, target));
        for (const declaration of declarations) follow(declaration);
      }
    }
    ts.forEachChild(node, follow);
  };
  for (const symbol of [...all]) for (const declaration of declared(symbol)) follow(declaration);
  return {
    entries,
    reached: [...reached.values()].sort((a, b) => (`${a.name} ${a.text}` < `${b.name} ${b.text}` ? -1 : 1)),
  };
}

/** The report's text. */
export function reportOf({ entries, reached }: Surface): string {
  const names = new Map<string, string>();
  const parts = entries.map(({ name, exported }) => {
    const own = exported.filter((e) => !names.has(e.name));
    const again = exported.filter((e) => names.has(e.name));
    for (const e of own) names.set(e.name, name);
    const shared = new Set(again.map((e) => names.get(e.name)!));
    return [
      `## ${name}`,
      '',
      ...[...shared].map((from) => {
        const of = again.filter((e) => names.get(e.name) === from).map((e) => `\`${e.name}\``);
        return `As in \`${from}\`: ${of.join(', ')}.\n`;
      }),
      ...(own.length === 0 ? [] : ['```ts', own.map((e) => e.text).join('\n\n'), '```', '']),
    ].join('\n');
  });
  return [
    '# The public API',
    '',
    'Made from the declarations of the package by `npm run api -- --accept`; a change to it fails the ' +
      'tests until it is accepted. The doc comments stand in the',
    "declarations, where an editor shows them. Types of Kubernetes' own objects are left out.",
    '',
    ...parts,
    '## What these speak of',
    '',
    'Types that no entry exports by name, and that belong to the surface all the same.',
    '',
    '```ts',
    reached.map((e) => e.text).join('\n\n'),
    '```',
    '',
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const report = reportOf(readSurface());
  if (process.argv.includes('--accept')) {
    writeFileSync(REPORT, report);
    console.log(`api: docs/api.md holds the public API as it is`);
  } else if (existsSync(REPORT) && readFileSync(REPORT, 'utf8') === report) {
    console.log('api: the public API is what docs/api.md says');
  } else {
    console.error(
      'api: the public API is not what docs/api.md says; where that is meant: npm run api -- --accept',
    );
    process.exitCode = 1;
  }
}
