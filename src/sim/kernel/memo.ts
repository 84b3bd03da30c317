/** Pure functions that remember. What they hold is no state: without it they give the same. */

/**
 * The function, giving the value made last time for a key it knows. It begins anew when it knows `limit`
 * keys, so that long runs do not fill memory.
 * @throws as `make`, every time: errors are not remembered
 */
export function remembered<K extends string | number, V extends NonNullable<unknown>>(
  limit: number,
  make: (key: K) => V,
): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key);
      if (known.size >= limit) known.clear();
      known.set(key, value);
    }
    return value;
  };
}
