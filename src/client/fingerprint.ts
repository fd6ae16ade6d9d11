/** A short name for what must not be written down, such as a key: a hash that is far too short to tell it by. */
export function fingerprint(text: string): string {
  // FNV-1a of 32 bits. A real digest would bring node:crypto, 5 ms at every start, and tell more.
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
