/** What a session takes a while to tell. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/**
 * @param without until it is told, and where it is not
 * @param when it is asked again: when any of these changes
 */
export function useTold<T>(ask: () => Promise<T>, without: T, when: readonly unknown[]): T {
  const told = useSignal(without);
  useEffect(() => {
    let current = true;
    ask().then(
      (is) => {
        if (current) told.value = is;
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, when);
  return told.value;
}
