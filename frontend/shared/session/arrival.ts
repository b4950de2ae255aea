/** Which short link brought the reader here. It is kept for the tab, so that an order can name it. */
import type { LocationQuery } from 'vue-router'

const PLACE = 'tz-via'
const CODE = /^[A-Za-z0-9]{4,32}$/

/** Learn from the address; the shop calls this on every way. Returns the query without what only this needs. */
export function learnArrival(query: LocationQuery): LocationQuery | null {
  const { via, v, ...rest } = query
  if (typeof via === 'string' && CODE.test(via)) sessionStorage.setItem(PLACE, via)
  return via === undefined && v === undefined ? null : rest
}

export function arrivedVia(): string | null {
  return sessionStorage.getItem(PLACE)
}
