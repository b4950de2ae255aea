/** Looking again every few seconds while the page is seen, because pieces come and go. */
import { onScopeDispose, ref, type Ref } from 'vue'
import { serverTime } from '@/shared/lib/server-clock'

const LOOK_EVERY_MS = 5_000

export function usePulse(look: () => void, isWorthIt: () => boolean): Ref<number> {
  const now = ref(serverTime())
  let last = Date.now()
  const timer = setInterval(() => {
    now.value = serverTime()
    if (document.visibilityState !== 'visible' || !isWorthIt() || Date.now() - last < LOOK_EVERY_MS) return
    last = Date.now()
    look()
  }, 1000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
