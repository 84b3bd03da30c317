/** What was taken as given, as every report words it. */
import {
  givenFieldText,
  givenImageText,
  givenScriptText,
  givenWebhookText,
  joined,
  joinedImages,
  joinedScripts,
  joinedWebhooks,
  type Given,
} from '../dsl/given.ts';
import { say, type Language } from '../messages/index.ts';

/** As many are named; of the others is said how many there are. */
const MAX_FIELDS = 12;
const MAX_IMAGES = 8;

function listed(lines: readonly string[], most: number, language: Language): string {
  const more = say('more', { count: lines.length - most }, language);
  const shown = lines.length > most ? [...lines.slice(0, most), more] : lines;
  return shown.map((line) => `  ${line}`).join('\n');
}

/** A paragraph each of fields, images, webhooks and scripts; none of what there is none of. */
export function givenTexts(given: readonly Given[], language: Language): string[] {
  const fields = joined(given.filter((g) => g.given === 'field')).map((f) => givenFieldText(f, language));
  const images = joinedImages(given.filter((g) => g.given === 'image')).map((i) =>
    givenImageText(i, language),
  );
  const webhooks = joinedWebhooks(given.filter((g) => g.given === 'webhook')).map((w) =>
    givenWebhookText(w, language),
  );
  const scripts = joinedScripts(given.filter((g) => g.given === 'script')).map((s) =>
    givenScriptText(s, language),
  );
  return [
    ...(fields.length === 0
      ? []
      : [say('takenAsGiven', { fields: listed(fields, MAX_FIELDS, language) }, language)]),
    ...(images.length === 0
      ? []
      : [say('imagesAssumed', { images: listed(images, MAX_IMAGES, language) }, language)]),
    ...(webhooks.length === 0
      ? []
      : [say('webhooksAssumed', { webhooks: listed(webhooks, MAX_IMAGES, language) }, language)]),
    ...(scripts.length === 0
      ? []
      : [say('scriptsPassedOver', { scripts: listed(scripts, MAX_IMAGES, language) }, language)]),
  ].map((text) => `${say('note', {}, language)} ${text}`);
}
