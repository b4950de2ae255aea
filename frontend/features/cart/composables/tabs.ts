/** Other tabs of this browser hear when the cart changed here. */
import { onScopeDispose } from 'vue'

const NAME = 'tz-cart'

export function tellOtherTabs(): void {
  if (typeof BroadcastChannel === 'undefined') return
  const channel = new BroadcastChannel(NAME)
  channel.postMessage(Date.now())
  channel.close()
}

/** Call `look` when another tab changed the cart, or when the page is looked at again. */
export function useOtherTabs(look: () => void): void {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME)
  const seen = () => void (document.hidden || look())
  if (channel) channel.onmessage = look
  document.addEventListener('visibilitychange', seen)
  onScopeDispose(() => {
    channel?.close()
    document.removeEventListener('visibilitychange', seen)
  })
}
