import { expect, it } from 'vitest'
import { canCancel, canConfirm, toneOf } from './rules'

it('an unpaid order and one that is not packed can be cancelled; a paid seat is given back elsewhere', () => {
  expect(canCancel({ state: 'PENDING_PAYMENT', kind: 'group' })).toBe(true)
  expect(canCancel({ state: 'PAID', kind: 'single' })).toBe(true)
  expect(canCancel({ state: 'AWAITING_GROUP', kind: 'group' })).toBe(false)
  expect(canCancel({ state: 'SHIPPED', kind: 'single' })).toBe(false)
})

it('receipt is confirmed after sending', () => {
  expect(canConfirm({ state: 'PAID' })).toBe(false)
  expect(canConfirm({ state: 'SHIPPED' })).toBe(true)
})

it('what waits for the buyer stands out', () => {
  expect(toneOf('PENDING_PAYMENT')).toBe('do')
  expect(toneOf('REFUNDED')).toBe('over')
})
