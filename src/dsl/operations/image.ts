import { parse as parseYaml } from 'yaml';
import { parseImageBehaviour } from '../../drivers/driver.ts';
import { simulationOf } from '../capabilities.ts';
import { languageOf } from '../explain.ts';
import { unread } from '../unread.ts';
import type { OperationFamily } from '../types.ts';
import type { ImageOperation } from './operation.ts';

export const image: OperationFamily<ImageOperation> = {
  op: 'image',
  role: 'scene',
  needs: () => 'simulation',
  keyword: 'Given',
  phrases: [
    {
      en: 'image {string:image} behaves as:',
      ja: 'イメージ{image}は次のように振る舞う:',
      about: 'what a container of the image does, see *Images*',
      docString: 'behaviour',
    },
  ],
  play({ image: name, behaviour }, { session }) {
    let parsed;
    try {
      parsed = parseImageBehaviour(parseYaml(behaviour, { version: '1.1' }));
    } catch (error) {
      throw unread('image', name, error, languageOf(session));
    }
    session.images.set(name, parsed);
    if (session.driver !== undefined) simulationOf(session.driver).setImage(name, parsed);
  },
};
