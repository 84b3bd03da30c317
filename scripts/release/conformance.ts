/** The conformance cases, at once. */
import { single } from './check.ts';
import { lastLine, script, told } from './processes.ts';

export const conformance = single('conformance', async () => {
  const ended = await script('conformance.ts');
  const [, cases, agree, differ] = /^\S+ +(\d+) +(\d+) +(\d+)$/m.exec(lastLine(ended)) ?? [];
  return {
    ok: ended.code === 0,
    said:
      `${Number(cases).toLocaleString('en')} cases, ${Number(agree).toLocaleString('en')} agree, ` +
      `${differ} differ`,
    details: ended.code === 0 ? [] : [told(ended)],
    defects: ended.defects.length,
  };
});
