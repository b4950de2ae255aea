/**
 * Idempotency keys. The key of an intention (this basket, this group) is kept for the tab until the intention is
 * fulfilled, so that a double tap or "back" does the thing once.
 */
export function keyFor(intention: string): string {
  const place = `tz-key ${intention}`
  const known = sessionStorage.getItem(place)
  if (known) return known
  const made = crypto.randomUUID()
  sessionStorage.setItem(place, made)
  return made
}

export function forgetKey(intention: string): void {
  sessionStorage.removeItem(`tz-key ${intention}`)
}
