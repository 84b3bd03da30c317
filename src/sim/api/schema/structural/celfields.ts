/** Whether the fields that an expression names are there, by the schema of what it is about. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { asObject, escaped } from './celvalues.ts';
import { valuesSchema, type StructuralSchema } from './schema.ts';

/** A field that is not there. */
export interface UnknownField {
  readonly name: string;
  readonly at: number;
}

/** What variables are, as far as it is known. */
type Scope = Readonly<Record<string, StructuralSchema | undefined>>;

const MACROS = new Set(['all', 'exists', 'exists_one', 'existsOne', 'filter', 'map']);
/** Macros of an index or key and a value; those that are of one variable with fewer arguments. */
const OF_TWO = new Set(['transformList', 'transformMap', 'transformMapEntry']);
const OF_ONE_OR_TWO = new Set(['all', 'exists', 'exists_one', 'existsOne']);
/** Macros of what an optional value has, of which nothing is known. */
const OF_OPTIONAL = new Set(['optMap', 'optFlatMap']);
const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value;

/** The fields of a structure; undefined of what has others. */
function fieldsOf(schema: StructuralSchema): ReadonlyMap<string, StructuralSchema> | undefined {
  const { type, properties = {} } = schema;
  if (type !== 'object' || valuesSchema(schema) !== undefined || schema.additionalProperties === true)
    return undefined;
  const its = asObject({ ...schema, properties }, false).properties!;
  return new Map(
    Object.entries(its).flatMap(([name, s]) => (escaped(name) === undefined ? [] : [[escaped(name)!, s]])),
  );
}

class FieldWalk {
  readonly unknown: UnknownField[] = [];

  /** What a node is; undefined where that is not known. */
  visit(node: ASTNode, scope: Scope): StructuralSchema | undefined {
    switch (node.op) {
      case 'id':
        return Object.hasOwn(scope, node.args) ? scope[node.args] : undefined;
      case '.':
      case '.?':
        return this.select(node.args[0], node.args[1], node, scope);
      case '[]': {
        this.visit(node.args[1], scope);
        const of = this.visit(node.args[0], scope);
        return of && (of.items ?? valuesSchema(of));
      }
      case 'rcall':
        return this.call(node.args, scope);
      default:
        this.each(node.args, scope);
        return undefined;
    }
  }

  private select(of: ASTNode, name: string, node: ASTNode, scope: Scope): StructuralSchema | undefined {
    const schema = this.visit(of, scope);
    if (schema === undefined) return undefined;
    const fields = fieldsOf(schema);
    if (fields === undefined) return valuesSchema(schema);
    const found = fields.get(name);
    if (found === undefined && node.op === '.') this.unknown.push({ name, at: of.range.end });
    return found;
  }

  private call(
    [name, receiver, args]: [string, ASTNode, ASTNode[]],
    scope: Scope,
  ): StructuralSchema | undefined {
    const of = this.visit(receiver, scope);
    const [variable, ...bodies] = args;
    const [second] = bodies;
    if (variable?.op === 'id' && OF_OPTIONAL.has(name)) {
      this.each(bodies, { ...scope, [variable.args]: undefined });
      return undefined;
    }
    const isOfTwo = OF_TWO.has(name) || (OF_ONE_OR_TWO.has(name) && args.length === 3);
    if (isOfTwo && variable?.op === 'id' && second?.op === 'id') {
      const value = of && (of.items ?? valuesSchema(of));
      this.each(bodies.slice(1), { ...scope, [variable.args]: undefined, [second.args]: value });
      return undefined;
    }
    if (!MACROS.has(name) || variable?.op !== 'id') {
      for (const arg of args) this.visit(arg, scope);
      return undefined;
    }
    const item = of?.items ?? (of && valuesSchema(of) !== undefined ? { type: 'string' } : undefined);
    for (const body of bodies) this.visit(body, { ...scope, [variable.args]: item });
    return name === 'filter' ? of : undefined;
  }

  private each(value: unknown, scope: Scope): void {
    if (isNode(value)) this.visit(value, scope);
    else if (Array.isArray(value)) for (const one of value) this.each(one, scope);
  }
}

/** @param self what the expression is about @param optionalOld whether `oldSelf` is an optional value */
export function unknownFieldsOf(ast: ASTNode, self: StructuralSchema, optionalOld: boolean): UnknownField[] {
  const walk = new FieldWalk();
  walk.visit(ast, { self, oldSelf: optionalOld ? undefined : self });
  return walk.unknown;
}
