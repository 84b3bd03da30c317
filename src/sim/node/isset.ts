/** Whether an optional field of an API object holds a value: absent and null mean the same there. */
export const isSet = <T>(value: T | null | undefined): value is T => value !== undefined && value !== null;
