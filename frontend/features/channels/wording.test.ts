import { describe, expect, it } from 'vitest'
import { dayAgo, weightOf } from './wording'

describe('days of trade', () => {
  it('follow the clock of the shop', () => {
    expect(dayAgo(0, new Date('2026-11-22T16:30:00Z'))).toBe('2026-11-23')
    expect(dayAgo(6, new Date('2026-11-22T15:30:00Z'))).toBe('2026-11-16')
  })
})

describe('sorting', () => {
  const yuan = (minor: number) => ({ minor, currency: 'CNY' })
  const numbers = { visits: 3, visitors: 2, signUps: 0, orders: 0, paid: yuan(0), refunded: yuan(0), cost: yuan(500), costPerVisit: yuan(167), costPerSignUp: null, costPerOrder: null, returnOnCost: 0 }

  it('puts what has no figure below nothing', () => {
    expect(weightOf(numbers, 'costPerOrder')).toBeLessThan(weightOf(numbers, 'paid'))
    expect(weightOf(null, 'visits')).toBe(-1)
  })

  it('weighs amounts by their fen', () => {
    expect(weightOf(numbers, 'cost')).toBe(500)
  })
})
