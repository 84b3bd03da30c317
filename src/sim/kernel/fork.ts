/**
 * Copying state. State is plain data; API objects inside it (anything with apiVersion, kind and metadata) are
 * immutable and shared, and so are frozen objects, and tasks and history entries, which are never changed
 * once made. What grows with a cluster is kept in two kinds of maps that a fork does not copy: both sides go
 * on reading the same entries until one of them writes.
 */

/** A copy that shares nothing that may change with the original. */
export function forkState<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Table) return value.fork();
  if (value instanceof Map) {
    const out = new Map<unknown, unknown>();
    value.forEach((v, k) => out.set(k, typeof v === 'object' ? copy(v) : v));
    return out;
  }
  if (value instanceof Set) return new Set(value);
  if (Array.isArray(value)) {
    const out = new Array<unknown>(value.length);
    for (let i = 0; i < value.length; i += 1) out[i] = copy(value[i]);
    return out;
  }
  if (Object.isFrozen(value)) return value;
  const object = value as Record<string, unknown>;
  if (object['apiVersion'] !== undefined && object['kind'] !== undefined && object['metadata'] !== undefined)
    return value;
  const out: Record<string, unknown> = {};
  let members = 0;
  for (const key in object) {
    if (members === MANY) return copyOfMany(object);
    members += 1;
    const v = object[key];
    out[key] = typeof v === 'object' && v !== null ? copy(v) : v;
  }
  return out;
}

/** Built member by member, an object of more becomes a hash table, which every reader pays for. */
const MANY = 20;

function copyOfMany(object: Record<string, unknown>): Record<string, unknown> {
  const out = { ...object };
  for (const key in out) {
    const v = out[key];
    if (typeof v === 'object' && v !== null) out[key] = copy(v);
  }
  return out;
}

/** As `new Map(map)`, which goes through an iterator's results. */
export function copied<K, V>(map: ReadonlyMap<K, V>): Map<K, V> {
  const out = new Map<K, V>();
  map.forEach((value, key) => out.set(key, value));
  return out;
}

/**
 * A map of values that are never changed, only replaced. Forks share its entries; the first to write copies
 * them. A loop over a table must not add to it or delete from it.
 */
export class Table<K, V> implements Map<K, V> {
  protected rows: Map<K, V>;
  /** Another table may be reading the same rows. */
  protected shared: boolean;
  /** Grows when a key comes or goes: what was derived from the keys is outdated. */
  membership = 0;

  /** @param rows that it shares with another table from its beginning */
  constructor(entries?: Iterable<readonly [K, V]>, rows?: Map<K, V>) {
    this.rows = rows ?? new Map(entries);
    this.shared = rows !== undefined;
  }

  get [Symbol.toStringTag](): string {
    return 'Table';
  }

  get size(): number {
    return this.rows.size;
  }

  has(key: K): boolean {
    return this.rows.has(key);
  }

  get(key: K): V | undefined {
    return this.rows.get(key);
  }

  set(key: K, value: V): this {
    const rows = this.writable();
    const before = rows.size;
    rows.set(key, value);
    if (rows.size !== before) this.membership += 1;
    return this;
  }

  delete(key: K): boolean {
    if (!this.rows.has(key)) return false;
    this.membership += 1;
    return this.writable().delete(key);
  }

  clear(): void {
    this.rows = new Map();
    this.membership += 1;
    this.shared = false;
  }

  keys(): MapIterator<K> {
    return this.rows.keys();
  }

  values(): MapIterator<V> {
    return this.rows.values();
  }

  entries(): MapIterator<[K, V]> {
    return this.rows.entries();
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  forEach(visit: (value: V, key: K, map: Map<K, V>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  fork(): Table<K, V> {
    return new Table(undefined, this.lent());
  }

  /** The rows, for another table to share. */
  protected lent(): Map<K, V> {
    this.shared = true;
    return this.rows;
  }

  protected writable(): Map<K, V> {
    if (this.shared) {
      this.rows = copied(this.rows);
      this.shared = false;
    }
    return this.rows;
  }
}

/** Of a side that has none of its own yet, and most never have any; it is never written. */
const NONE: Map<any, any> = new Map();

/** So many are copied sooner than it is kept account of who has copied which. */
const FEW = 4;

/**
 * A map of values that are changed in place. Forks share them too; each side copies a value when it first
 * asks for it. So a value must be asked for anew after a fork, never kept.
 */
export class Cells<K, V> extends Table<K, V> {
  /** Those of the values that are this side's own; undefined: all are. */
  private own: Map<K, V> | undefined;

  override get [Symbol.toStringTag](): string {
    return 'Cells';
  }

  override get(key: K): V | undefined {
    const { own } = this;
    if (own === undefined) return this.rows.get(key);
    const mine = own.get(key);
    if (mine !== undefined) return mine;
    const theirs = this.rows.get(key);
    if (theirs === undefined) return undefined;
    const made = forkState(theirs);
    this.set(key, made);
    return made;
  }

  override set(key: K, value: V): this {
    super.set(key, value);
    if (this.own === undefined) return this;
    if (this.own === NONE) this.own = new Map();
    this.own.set(key, value);
    if (this.own.size === this.rows.size) this.own = undefined;
    return this;
  }

  override delete(key: K): boolean {
    if (this.own !== NONE) this.own?.delete(key);
    return super.delete(key);
  }

  override clear(): void {
    super.clear();
    this.own = undefined;
  }

  override values(): MapIterator<V> {
    this.ownAll();
    return super.values();
  }

  override entries(): MapIterator<[K, V]> {
    this.ownAll();
    return super.entries();
  }

  /** The values to read only, without making them this side's own. */
  peek(): ReadonlyMap<K, Readonly<V>> {
    return this.rows;
  }

  override fork(): Cells<K, V> {
    const { size } = this.rows;
    if (size > 0 && size <= FEW && this.own === undefined) return this.copied();
    const other = new Cells(undefined, this.lent());
    if (size === 0) return other;
    this.own = NONE;
    other.own = NONE;
    return other;
  }

  private copied(): Cells<K, V> {
    const other = new Cells<K, V>(undefined, new Map());
    other.shared = false;
    this.rows.forEach((value, key) => other.rows.set(key, forkState(value)));
    return other;
  }

  private ownAll(): void {
    if (this.own !== undefined) for (const key of [...this.rows.keys()]) this.get(key);
  }
}
