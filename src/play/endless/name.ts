/** How drawn levels are named: by their numbers. */

const NAME = /^endless-(\d{1,9})$/;

/** `endless-17` */
export const drawnName = (number: number): string => `endless-${number}`;

/** The number in the name of a drawn level; undefined of any other. */
export function drawnNumber(name: string): number | undefined {
  const digits = NAME.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
