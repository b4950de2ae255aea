/** How many cases wait, for the badge; nothing while nobody is signed in. */
import { computed, type ComputedRef } from 'vue'
import { useAsk, useLive } from '@/shared/graphql'
import { isSignedIn } from '@/shared/session/viewer'
import { CountsQuery, QueueChanged } from '../api/cases'

export function useQueueCount(): ComputedRef<number> {
  const { data, again } = useAsk(CountsQuery, {}, { pause: () => !isSignedIn.value, quiet: true })
  useLive({ document: QueueChanged, variables: () => (isSignedIn.value ? {} : null), onHint: again, onBack: again })
  return computed(() => data.value?.moderationCounts.open ?? 0)
}
