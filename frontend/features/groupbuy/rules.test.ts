import { describe, expect, it } from 'vitest'
import { moodOf, nextStep } from './rules'

const seen = (state: string, seat: string | null, more: object = {}) =>
  moodOf({ state, mySeat: seat ? { state: seat } : null, canJoin: true, refundTimeline: [], seatsMissing: 1, ...more } as Parameters<typeof moodOf>[0])

describe('how a group looks', () => {
  it('while it forms: to members, to those who are paying, to visitors', () => {
    expect(seen('FORMING', 'PAID')).toBe('seated')
    expect(seen('FORMING', 'HELD')).toBe('held')
    expect(seen('FORMING', null)).toBe('open')
    expect(seen('FORMING', null, { canJoin: false })).toBe('waiting')
  })

  it('while a ladder grows beyond its first step', () => {
    const ladder = [{ size: 2 }, { size: 5 }]
    expect(seen('FORMING', 'PAID', { ladder, seatsMissing: 0 })).toBe('growingMine')
    expect(seen('FORMING', null, { ladder, seatsMissing: 0 })).toBe('growing')
    expect(seen('FORMING', null, { ladder, seatsMissing: 1 })).toBe('open')
    expect(seen('CONFIRMED', 'CONFIRMED', { ladder })).toBe('fullMine')
  })

  it('while it is drawn', () => {
    const lottery = {}
    expect(seen('FILLED', 'PAID', { lottery })).toBe('sealed')
    expect(seen('COMMITTED', null, { lottery })).toBe('sealed')
    expect(seen('CONFIRMED', 'CONFIRMED', { lottery })).toBe('won')
    expect(seen('DRAWN', 'LOST', { lottery })).toBe('lost')
    expect(seen('CONFIRMED', null, { lottery })).toBe('drawn')
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

describe('the next step of a ladder', () => {
  it('is the first that is not reached, with how many more it takes', () => {
    const ladder = [{ size: 2, isReached: true }, { size: 5, isReached: false }]
    expect(nextStep(ladder, 3)).toEqual({ step: ladder[1], count: 2 })
    expect(nextStep(ladder.map((step) => ({ ...step, isReached: true })), 5)).toBeNull()
  })
})
