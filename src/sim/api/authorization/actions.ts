/** The requests for objects that clients make, and the verbs that they are authorized by. */

/** What may be done to objects of a resource; `bit` stands for it in sets. */
export interface Action {
  readonly verb: string;
  readonly subresource: string;
  readonly bit: number;
}

/** The requests that are made all the time. */
export const ACTIONS = {
  get: { verb: 'get', subresource: '', bit: 1 },
  list: { verb: 'list', subresource: '', bit: 2 },
  create: { verb: 'create', subresource: '', bit: 4 },
  update: { verb: 'update', subresource: '', bit: 8 },
  updateStatus: { verb: 'update', subresource: 'status', bit: 16 },
  patch: { verb: 'patch', subresource: '', bit: 32 },
  patchStatus: { verb: 'patch', subresource: 'status', bit: 64 },
  delete: { verb: 'delete', subresource: '', bit: 128 },
  bind: { verb: 'create', subresource: 'binding', bit: 256 },
  evict: { verb: 'create', subresource: 'eviction', bit: 512 },
  finalize: { verb: 'update', subresource: 'finalize', bit: 1024 },
  getScale: { verb: 'get', subresource: 'scale', bit: 2048 },
  updateScale: { verb: 'update', subresource: 'scale', bit: 4096 },
  patchScale: { verb: 'patch', subresource: 'scale', bit: 8192 },
} as const satisfies Record<string, Action>;

/** Any other, which is looked up anew each time. */
export const actionOf = (verb: string, subresource = ''): Action => ({ verb, subresource, bit: 0 });
