/**
 * Idempotency keys. The key of an intention (this basket, this group) is kept for the tab until the intention is
 * fulfilled, so that a double tap or "back" does the thing once.
 */
export function keyFor(intention: string): string {
  const place = `tz-key ${intention}`
  const known = sessionStorage.getItem(place)
  if (known) return known
  const made = newId()
  sessionStorage.setItem(place, made)
  return made
}

export function forgetKey(intention: string): void {
  sessionStorage.removeItem(`tz-key ${intention}`)
}

/** A random UUID, also on plain http: `crypto.randomUUID` exists on secure origins only. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
