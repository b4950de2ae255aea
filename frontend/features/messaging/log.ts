/** The log of a room as this browser knows it: entries by number, and what was taken back. */
import type { RoomEvent } from './api/rooms'

export interface Payload {
  type?: string
  sticker?: string
  productId?: string
  personId?: string
  seatsLeft?: number
  size?: number
  change?: string
  seq?: number
}

export const payloadOf = (event: RoomEvent) => (event.payload ?? {}) as Payload

/** Put new entries in; the same number twice is one entry, and what was taken back loses its words. */
export function merged(known: readonly RoomEvent[], more: readonly RoomEvent[]): RoomEvent[] {
  const bySeq = new Map(known.map((event) => [event.seq, event]))
  for (const event of more) bySeq.set(event.seq, event)
  const taken = new Set([...bySeq.values()].flatMap((event) => (event.type === 'redact' ? [payloadOf(event).seq ?? 0] : [])))
  const cleared = [...bySeq.values()].map((event) => (taken.has(event.seq) ? { ...event, body: '', payload: {} } : event))
  return cleared.sort((one, other) => one.seq - other.seq)
}

export function isTakenBack(event: RoomEvent, all: readonly RoomEvent[]): boolean {
  return all.some((other) => other.type === 'redact' && payloadOf(other).seq === event.seq)
}

/** The number after which entries are missing here, or null when none are. */
export function gapAfter(known: readonly RoomEvent[], lastSeq: number): number | null {
  const newest = known.at(-1)?.seq ?? 0
  return newest < lastSeq ? newest : null
}
