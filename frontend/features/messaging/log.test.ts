import { describe, expect, it } from 'vitest'
import type { RoomEvent } from './api/rooms'
import { gapAfter, isTakenBack, merged } from './log'

function entry(seq: number, more: Partial<RoomEvent> = {}): RoomEvent {
  return { id: String(seq), seq, type: 'message', body: `word ${seq}`, payload: {}, at: '2026-01-01T00:00:00Z', clientMessageId: null, actor: null, ...more } as RoomEvent
}

describe('the log of a room', () => {
  it('keeps one entry for each number, in order', () => {
    expect(merged([entry(2), entry(1)], [entry(2), entry(3)]).map((event) => event.seq)).toEqual([1, 2, 3])
  })
  it('forgets the words of what was taken back, whichever came first', () => {
    const redact = entry(3, { type: 'redact', payload: { seq: 1 } })
    for (const log of [merged([entry(1), entry(2)], [redact]), merged([redact], [entry(1), entry(2)])]) {
      expect(log[0]?.body).toBe('')
      expect(isTakenBack(log[0] as RoomEvent, log)).toBe(true)
      expect(log[1]?.body).toBe('word 2')
    }
  })
  it('knows after which number entries are missing', () => {
    expect(gapAfter([entry(4), entry(5)], 7)).toBe(5)
    expect(gapAfter([entry(4), entry(5)], 5)).toBeNull()
    expect(gapAfter([], 3)).toBe(0)
  })
})
