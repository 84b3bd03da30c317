/**
 * As `{ ...object, ...members }`, where the object lacks some of the members. V8 (of Node 20) makes another
 * hidden class each time that a literal, or an assignment behind it, gives a spread object a member more:
 * that takes ten times as long, and whoever reads such objects finds nothing of what V8 has learnt of them.
 * Members that are there already may be given by a literal as well.
 * @example withMembers({ a: 1 }, { b: 2 }) // { a: 1, b: 2 }
 */
export const withMembers = <T extends object, M extends object>(object: T, members: M): T & M =>
  Object.assign({}, object, members);
