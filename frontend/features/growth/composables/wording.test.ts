import { describe, expect, it } from 'vitest'
import { fenOf } from '@/shared/lib/yuan'
import { fromWall, toWall, yuanText } from './wording'

describe('money that is typed', () => {
  it('becomes fen without a fraction on the way', () => {
    expect(['39.9', '0.29', '¥1,299', '４'].map(fenOf)).toEqual([3990, 29, 129_900, 400])
  })
  it('is refused when it is none', () => {
    expect(['', 'abc', '1.234', '-1', '1e3'].map(fenOf)).toEqual([null, null, null, null, null])
  })
  it('is shown as it was typed', () => {
    expect([3990, 29, 129_900, null].map(yuanText)).toEqual(['39.9', '0.29', '1299', ''])
  })
})

describe('the shop’s clock', () => {
  it('is the same there and back', () => {
    expect(toWall('2026-12-18T02:00:00.000Z')).toBe('2026-12-18 10:00:00')
    expect(fromWall('2026-12-18 10:00:00')).toBe('2026-12-18T02:00:00.000Z')
  })
})
