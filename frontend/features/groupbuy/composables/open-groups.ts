/** Groups that wait for people, and the seats of the fullest one of each product. */
import { computed, watch, type ComputedRef } from 'vue'
import { useAsk } from '@/shared/graphql'
import { learnServerTime } from '@/shared/lib/server-clock'
import { OpenGroupsQuery, type GroupCard } from '../api/group'
import { seated } from '../seats'

export interface Waiting {
  seats: GroupCard['seats']
  left: number
}

export function useOpenGroups(most: number): { groups: ComputedRef<GroupCard[]>; live: ComputedRef<Map<string, Waiting>>; isLoading: ComputedRef<boolean> } {
  const { data, isLoading } = useAsk(OpenGroupsQuery, () => ({ first: most }), { quiet: true })
  const groups = computed(() => data.value?.openGroups.edges.map((edge) => edge.node) ?? [])
  watch(groups, ([first]) => first && learnServerTime(first.serverNow), { immediate: true })
  const live = computed(() => {
    const found = new Map<string, Waiting>()
    for (const group of groups.value) {
      const known = found.get(group.product.id)
      if (!known || known.left > group.seatsLeft) found.set(group.product.id, { seats: seated(group.seats), left: group.seatsLeft })
    }
    return found
  })
  return { groups, live, isLoading }
}
