import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ago, clock, count, countdownParts, money, nearDay, priceParts } from './format'
import { keepLocale } from './locale'

const NOW = new Date('2025-11-21T07:47:00Z')

beforeEach(() => keepLocale('zh-Hans'))
afterEach(() => keepLocale('zh-Hans'))

describe('money', () => {
  it.each([
    [3990, '¥39.9'],
    [3995, '¥39.95'],
    [3905, '¥39.05'],
    [5800, '¥58.0'],
    [12900, '¥129'],
    [123450, '¥1,234.5'],
    [-500, '−¥5.0'],
    [0, '¥0'],
  ])('%i fen reads %s', (minor, text) => {
    expect(money({ minor, currency: 'CNY' })).toBe(text)
  })

  it('fen never pass through a fraction', () => {
    expect(priceParts({ minor: 90071992547409, currency: 'CNY' })).toEqual({ sign: '', whole: '900,719,925,474', decimals: '.09' })
  })
})

describe('counts and times', () => {
  it('large counts are told in the reader’s units', () => {
    expect(count(8214)).toBe('8,214')
    expect(count(36000)).toBe('3.6\u202f万')
    keepLocale('en')
    expect(count(36000)).toBe('36\u202fK')
  })

  it('a time is told in the shop’s zone, wherever the reader is', () => {
    expect(clock('2025-11-21T13:30:00Z')).toBe('21:30')
  })

  it('today, yesterday and tomorrow have names, other days a date', () => {
    vi.setSystemTime(NOW)
    expect(nearDay('2025-11-21T15:59:00Z', NOW)).toBe('今天')
    expect(nearDay('2025-11-21T16:00:00Z', NOW)).toBe('明天')
    expect(nearDay('2025-11-19T16:00:00Z', NOW)).toBe('昨天')
    expect(nearDay('2025-11-11T04:00:00Z', NOW)).toBe('11月11日')
    vi.useRealTimers()
  })

  it('a time is relative within a week', () => {
    expect(ago('2025-11-21T07:44:00Z', NOW)).toBe('3分钟前')
    expect(ago('2025-11-01T07:44:00Z', NOW)).toContain('11月1日')
  })

  it('a countdown never goes below nothing', () => {
    expect(countdownParts(20_538_999)).toEqual({ hours: '05', minutes: '42', seconds: '18' })
    expect(countdownParts(-5)).toEqual({ hours: '00', minutes: '00', seconds: '00' })
  })
})
