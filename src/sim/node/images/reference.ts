/** Names of images. */

/** `registry:5000/team/web:1.2@sha256:…` without tag and digest. */
export function withoutTag(image: string): string {
  const at = image.indexOf('@');
  const base = at < 0 ? image : image.slice(0, at);
  const colon = base.lastIndexOf(':');
  return colon > base.lastIndexOf('/') ? base.slice(0, colon) : base;
}
