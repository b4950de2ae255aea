import { describe, expect, it } from 'vitest'
import { moodOf } from './rules'

const seen = (state: string, seat: string | null, more: object = {}) =>
  moodOf({ state, mySeat: seat ? { state: seat } : null, canJoin: true, refundTimeline: [], ...more } as Parameters<typeof moodOf>[0])

describe('how a group looks', () => {
  it('while it forms: to members, to those who are paying, to visitors', () => {
    expect(seen('FORMING', 'PAID')).toBe('seated')
    expect(seen('FORMING', 'HELD')).toBe('held')
    expect(seen('FORMING', null)).toBe('open')
    expect(seen('FORMING', null, { canJoin: false })).toBe('waiting')
  })

  it('when it is full', () => {
    expect(seen('FILLED', 'CONFIRMED')).toBe('fullMine')
    expect(seen('CONFIRMED', null)).toBe('full')
  })

  it('when it did not fill: money is on its way, then back', () => {
    expect(seen('EXPIRED', null)).toBe('over')
    expect(seen('REFUNDING', 'REFUNDING', { refundTimeline: [{ isDone: true }, { isDone: false }] })).toBe('refunding')
    expect(seen('FAILED', 'REFUNDED', { refundTimeline: [{ isDone: true }] })).toBe('refunded')
    expect(seen('CANCELLED', 'REFUNDED', { refundTimeline: [{ isDone: true }] })).toBe('stopped')
  })
})
