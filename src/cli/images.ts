/** `seatrial images`: the catalogue of what images do. */
import type { Command } from 'commander';
import { FAMILIES, factsOf } from '../sim/node/images/page.ts';
import { tell } from './output.ts';

export function addImages(program: Command): void {
  program
    .command('images')
    .description('list the images that are described: ports, files, time to start, how they end')
    .action(() => {
      for (const { title, images } of FAMILIES) {
        tell(title);
        for (const [name, entry] of Object.entries(images))
          tell([`  ${name}`, ...factsOf(entry).map(([what, said]) => `    ${what}: ${said}`)].join('\n'));
      }
    });
}
