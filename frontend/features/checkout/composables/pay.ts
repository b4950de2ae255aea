/** Watching an order until the provider's word about its payment has arrived. */
import { computed, onScopeDispose, watch } from 'vue'
import { useAct, useAsk, useLive } from '@/shared/graphql'
import { learnServerTime } from '@/shared/lib/server-clock'
import { isSignedIn } from '@/shared/session/viewer'
import { OrderHint, PayOrderMutation, PayPageQuery } from '../api/checkout'
import { wishFulfilled } from './buy'

export type PayStage = 'waiting' | 'failed' | 'seating' | 'grouped' | 'paid' | 'refunding' | 'over'

const EVERY_MS = 2_500
const PATIENCE_MS = 5 * 60_000

export function usePay(orderId: () => string) {
  const asked = useAsk(PayPageQuery, () => ({ id: orderId() }), { pause: () => !isSignedIn.value })
  const pay = useAct(PayOrderMutation)
  const order = computed(() => asked.data.value?.order ?? null)
  const stage = computed<PayStage>(() => {
    const now = order.value
    if (!now || now.state === 'PENDING_PAYMENT') return now?.payment?.state === 'FAILED' ? 'failed' : 'waiting'
    if (now.state === 'CLOSED' && !now.paidAt) return 'over'
    if (now.refunds.length || now.state === 'REFUNDED') return 'refunding'
    if (now.state === 'CANCELLED' || now.state === 'CLOSED') return 'over'
    if (now.kind === 'group') return now.group ? 'grouped' : 'seating'
    return 'paid'
  })
  const isOpen = computed(() => ['waiting', 'failed', 'seating'].includes(stage.value))

  watch(() => asked.data.value?.serverTime, (now) => now && learnServerTime(now))
  watch(stage, (now) => !['waiting', 'failed'].includes(now) && order.value && wishFulfilled(order.value.id), { immediate: true })
  useLive({ document: OrderHint, variables: () => (isSignedIn.value ? {} : null), onHint: () => asked.again(), onBack: () => asked.again() })
  const began = Date.now()
  const timer = setInterval(() => {
    if (isOpen.value && order.value && !document.hidden && Date.now() - began < PATIENCE_MS) asked.again()
  }, EVERY_MS)
  const look = () => !document.hidden && isOpen.value && asked.again()
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  })

  async function goPay(): Promise<void> {
    const known = order.value?.payment?.payUrl
    const url = known ?? (await pay.run({ input: { orderId: orderId() } }))?.payment?.payUrl
    if (url) location.assign(url)
    else asked.again()
  }
  return { ...asked, order, stage, goPay, isGoing: pay.isRunning, refusal: pay.refusal }
}
