/** Which short link brought the reader here. It is kept for the tab, so that an order can name it. */
import type { LocationQuery } from 'vue-router'
import { csrfToken } from '@/shared/lib/cookies'

const PLACE = 'tz-via'
const CODE = /^[A-Za-z0-9]{4,32}$/
const VISITOR = /^[0-9a-f]{32}$/

/** Learn from the address; the shop calls this on every way. Returns the query without what only this needs. */
export function learnArrival(query: LocationQuery): LocationQuery | null {
  const { via, v, ...rest } = query
  if (typeof via === 'string' && CODE.test(via)) sessionStorage.setItem(PLACE, via)
  if (typeof v === 'string' && VISITOR.test(v)) carry(v)
  return via === undefined && v === undefined ? null : rest
}

/** Whoever is signed in owns the visits of the browser; the token may have come along in the address, and is taken over then. */
export function carry(visitor = ''): void {
  void fetch(`/api/visitor?v=${visitor}`, { method: 'POST', credentials: 'same-origin', keepalive: true, headers: { 'X-CSRFToken': csrfToken() } }).catch(() => undefined)
}

export function arrivedVia(): string | null {
  return sessionStorage.getItem(PLACE)
}
