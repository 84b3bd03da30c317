/** The bytes that a text in base64 stands for, in a browser and in Node. */
export const bytesOfBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
