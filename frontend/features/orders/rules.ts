/** What a buyer may do with an order, and how urgent it looks. */
export type Tone = 'do' | 'way' | 'done' | 'over'

export function toneOf(state: string): Tone {
  if (state === 'PENDING_PAYMENT' || state === 'AWAITING_GROUP') return 'do'
  if (['PAID', 'FULFILLING', 'SHIPPED'].includes(state)) return 'way'
  return ['DELIVERED', 'COMPLETED'].includes(state) ? 'done' : 'over'
}

/** A paid seat is given back on the group's page; what is unpaid or of which no part has left is cancelled here. */
export function canCancel(order: { state: string; kind: string }): boolean {
  return order.state === 'PENDING_PAYMENT' || (order.kind === 'single' && order.state === 'PAID')
}

export function canConfirm(order: { state: string }): boolean {
  return order.state === 'SHIPPED' || order.state === 'DELIVERED'
}
