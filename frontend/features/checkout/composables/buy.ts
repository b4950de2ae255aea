/**
 * Turning a quote into an order. The key of the wish (this basket, this group, this address) is kept until the order
 * is paid or given up, so that a double tap, a lost answer or "back" never orders twice.
 */
import { computed, type ComputedRef } from 'vue'
import { useAct, type Refusal } from '@/shared/graphql'
import { forgetKey, keyFor } from '@/shared/lib/keys'
import { arrivedVia } from '@/shared/session/arrival'
import { JoinGroupMutation, OpenGroupMutation, PlaceOrderMutation } from '../api/checkout'

export interface Wish {
  kind: 'open' | 'join' | 'single'
  lines: readonly { variantId: string; quantity: number }[]
  productId: string | null
  groupId: string | null
  addressId: string | null
  lateChoice: 'AUTO_MATCH' | 'OPEN_OWN' | 'REFUND' | null
  quoteHash: string
  couponIds: readonly string[]
  usePoints: boolean
  useStoreCredit: boolean
  flashToken: string | null
  note: string
  invoice: { way: string; title: string; taxNumber: string | null } | null
  delivery: { day: string; window: 'MORNING' | 'AFTERNOON' | 'EVENING' } | null
  fromCart: boolean
}

export interface Bought {
  orderId: string
  payUrl: string | null
  isNew: boolean
}

const orderPlace = (orderId: string) => `tz-wish ${orderId}`

/** The order is settled: the same wish is a new one from now on. */
export function wishFulfilled(orderId: string): void {
  const wish = sessionStorage.getItem(orderPlace(orderId))
  if (wish) forgetKey(wish)
  sessionStorage.removeItem(orderPlace(orderId))
}

export function useBuy(): { buy: (wish: Wish) => Promise<Bought | null>; isRunning: ComputedRef<boolean>; refusal: ComputedRef<Refusal | null> } {
  const open = useAct(OpenGroupMutation)
  const join = useAct(JoinGroupMutation)
  const single = useAct(PlaceOrderMutation)
  const acts = [open, join, single]

  async function ask(wish: Wish, idempotencyKey: string) {
    const common = { addressId: wish.addressId, via: arrivedVia(), idempotencyKey }
    const first = wish.lines[0] ?? { variantId: '', quantity: 1 }
    const seat = { ...first, lateChoice: wish.lateChoice, ...common }
    if (wish.kind === 'open') return open.run({ input: { productId: wish.productId ?? '', ...seat } })
    if (wish.kind === 'join') return join.run({ input: { groupId: wish.groupId ?? '', ...seat } })
    const { lines, quoteHash, couponIds, usePoints, useStoreCredit, flashToken, note, fromCart, invoice, delivery } = wish
    return single.run({ input: { lines: [...lines], quoteHash, couponIds: [...couponIds], usePoints, useStoreCredit, flashToken, note, fromCart, invoice, delivery, ...common } })
  }

  async function buy(wish: Wish): Promise<Bought | null> {
    acts.forEach((act) => act.clear())
    const name = `buy ${JSON.stringify(wish)}`
    let payload = await ask(wish, keyFor(name))
    // The order of an earlier wish of the same kind is over: this is a new wish.
    if (payload?.order && ['CLOSED', 'CANCELLED', 'REFUNDED'].includes(payload.order.state)) {
      forgetKey(name)
      payload = await ask(wish, keyFor(name))
    }
    if (!payload?.order) return null
    sessionStorage.setItem(orderPlace(payload.order.id), name)
    return { orderId: payload.order.id, payUrl: payload.payment?.payUrl ?? null, isNew: payload.order.state === 'PENDING_PAYMENT' }
  }
  return {
    buy,
    isRunning: computed(() => acts.some((act) => act.isRunning.value)),
    refusal: computed(() => acts.map((act) => act.refusal.value).find(Boolean) ?? null),
  }
}
