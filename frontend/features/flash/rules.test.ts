import { describe, expect, it } from 'vitest'
import type { FlashItemRow, FlashSaleRow, MyFlashRow } from './api/flash'
import { firstShown, goneShare, wayOf } from './rules'

const NOON = Date.parse('2026-11-22T04:00:00Z')
const at = (minutes: number) => new Date(NOON + minutes * 60_000).toISOString()
const sale = (changes: Partial<FlashSaleRow> = {}) => ({ id: 's', state: 'LIVE', isPaused: false, startsAt: at(-60), endsAt: at(60), ...changes }) as FlashSaleRow
const item = (changes: Partial<FlashItemRow> = {}) => ({ variantId: 'v', left: 3, whole: 10, ...changes }) as FlashItemRow
const mine = (changes: Partial<MyFlashRow> = {}) => ({ saleId: 's', isReminded: false, opensAt: at(-60), orderId: null, waiting: [], offered: [], ...changes }) as MyFlashRow

describe('what can be done', () => {
  it('is buying while pieces are left', () => expect(wayOf(sale(), item(), null, NOON)).toBe('buy'))
  it('is waiting when none is left', () => expect(wayOf(sale(), item({ left: 0 }), null, NOON)).toBe('wait'))
  it('is leaving the line for who stands in it', () => expect(wayOf(sale(), item({ left: 0 }), mine({ waiting: [{ variantId: 'v', ahead: 2 }] }), NOON)).toBe('waiting'))
  it('is buying for who is offered a piece', () => expect(wayOf(sale(), item({ left: 0 }), mine({ offered: [{ variantId: 'v', until: at(3) }] }), NOON)).toBe('buy'))
  it('is a reminder before the beginning', () => expect(wayOf(sale({ state: 'WARMING', startsAt: at(5) }), item(), mine({ opensAt: at(5) }), NOON)).toBe('remind'))
  it('is buying for a tier that begins earlier', () => expect(wayOf(sale({ state: 'WARMING', startsAt: at(5) }), item(), mine({ opensAt: at(-5) }), NOON)).toBe('buy'))
  it('is the order for who has one', () => expect(wayOf(sale({ state: 'ENDED' }), item(), mine({ orderId: 'o' }), NOON)).toBe('order'))
  it('is looking when a page was kept open past the end', () => expect(wayOf(sale({ endsAt: at(-1) }), item(), null, NOON)).toBe('look'))
  it('is nothing while the sale is paused', () => expect(wayOf(sale({ isPaused: true }), item(), null, NOON)).toBe('paused'))
})

it('counts what is gone', () => {
  expect(goneShare({ whole: 10, left: 3 })).toBeCloseTo(0.7)
  expect(goneShare({ whole: 0, left: 0 })).toBe(1)
})

it('shows what runs first, then what comes, then what was', () => {
  expect(firstShown([{ id: 'a', state: 'ENDED' }, { id: 'b', state: 'SCHEDULED' }, { id: 'c', state: 'LIVE' }])).toBe('c')
  expect(firstShown([{ id: 'a', state: 'ENDED' }, { id: 'b', state: 'SCHEDULED' }])).toBe('b')
  expect(firstShown([{ id: 'a', state: 'ENDED' }, { id: 'b', state: 'ENDED' }])).toBe('b')
  expect(firstShown([])).toBeNull()
})
