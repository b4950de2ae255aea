/** Watching an order until the provider's word about its payment has arrived. */
import { computed, onScopeDispose, ref, watch } from 'vue'
import { useAct, useAsk, useLive } from '@/shared/graphql'
import { learnServerTime } from '@/shared/lib/server-clock'
import { isSignedIn } from '@/shared/session/viewer'
import { OrderHint, PayPageQuery } from '../api/checkout'
import { ChoosePaymentMutation, ConfirmPaymentMutation, PaymentProvidersQuery } from '../api/ways'
import { wishFulfilled } from './buy'

export type PayStage = 'waiting' | 'confirm' | 'review' | 'declined' | 'failed' | 'seating' | 'grouped' | 'paid' | 'refunding' | 'over'

const EVERY_MS = 2_500
const PATIENCE_MS = 5 * 60_000

export function usePay(orderId: () => string) {
  const asked = useAsk(PayPageQuery, () => ({ id: orderId() }), { pause: () => !isSignedIn.value })
  const offered = useAsk(PaymentProvidersQuery, {}, { pause: () => !isSignedIn.value })
  const choose = useAct(ChoosePaymentMutation)
  const confirm = useAct(ConfirmPaymentMutation)
  const picked = ref('')
  // A way on which money takes days is for single orders of some size.
  const ways = computed(() => (offered.data.value?.paymentProviders ?? []).filter((each) => !each.fromAmount || (order.value?.kind === 'single' && (order.value.payment?.amount.minor ?? 0) >= each.fromAmount.minor)))
  const way = computed({
    get: () => picked.value || ways.value.find((each) => each.isChosen)?.name || ways.value[0]?.name || '',
    set: (name) => (picked.value = name),
  })
  const order = computed(() => asked.data.value?.order ?? null)
  const stage = computed<PayStage>(() => {
    const now = order.value
    if (!now || now.state === 'PENDING_PAYMENT') {
      const held = { CONFIRM: 'confirm', REVIEW: 'review', REFUSED: 'declined' } as const
      const hold = held[(now?.payment?.hold?.state ?? '') as keyof typeof held] as PayStage | undefined
      return hold ?? (now?.payment?.state === 'FAILED' ? 'failed' : 'waiting')
    }
    if (now.state === 'CLOSED' && !now.paidAt) return 'over'
    // A kept order may get a part back, such as the difference to a ladder's last step.
    const isGivenUp = now.state === 'CANCELLED' || now.state === 'CLOSED'
    if (now.state === 'REFUNDED' || (isGivenUp && now.refunds.length)) return 'refunding'
    if (isGivenUp) return 'over'
    if (now.kind === 'group') return now.group ? 'grouped' : 'seating'
    return 'paid'
  })
  const isOpen = computed(() => ['waiting', 'failed', 'seating', 'confirm', 'review'].includes(stage.value))

  watch(() => asked.data.value?.serverTime, (now) => now && learnServerTime(now))
  watch(stage, (now) => !['waiting', 'failed', 'confirm', 'review', 'declined'].includes(now) && order.value && wishFulfilled(order.value.id), { immediate: true })
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
    const known = order.value?.payment?.provider === way.value && ways.value.length < 2 ? order.value.payment.payUrl : null
    const url = known ?? (await choose.run({ input: { orderId: orderId(), provider: way.value } }))?.payment?.payUrl
    if (url) location.assign(url)
    else asked.again()
  }
  async function itIsMe(): Promise<void> {
    const payment = order.value?.payment
    const url = payment ? (await confirm.run({ input: { paymentId: payment.id } }))?.payment?.payUrl : null
    if (url) location.assign(url)
    else asked.again()
  }
  const isGoing = computed(() => choose.isRunning.value || confirm.isRunning.value)
  const refusal = computed(() => choose.refusal.value ?? confirm.refusal.value)
  return { ...asked, order, stage, ways, way, goPay, itIsMe, isGoing, refusal }
}
