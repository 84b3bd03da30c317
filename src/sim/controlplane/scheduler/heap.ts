/**
 * A binary heap over a plain array, ordered by a function; entries that became stale are left to the reader.
 */
export type Less<T> = (a: T, b: T) => boolean;

export function heapPush<T>(heap: T[], entry: T, less: Less<T>): void {
  let i = heap.length;
  heap.push(entry);
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (!less(entry, heap[parent]!)) break;
    heap[i] = heap[parent]!;
    i = parent;
  }
  heap[i] = entry;
}

export function heapPop<T>(heap: T[], less: Less<T>): T | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  const size = heap.length;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= size) break;
    if (child + 1 < size && less(heap[child + 1]!, heap[child]!)) child += 1;
    if (!less(heap[child]!, last)) break;
    heap[i] = heap[child]!;
    i = child;
  }
  heap[i] = last;
  return top;
}
