/** `useActs` sees several acts of one place as one: whether one of them runs, what was refused, and forgetting it. */
import { computed, type ComputedRef } from 'vue'
import type { Act, Refusal } from './mutate'

export interface Acts {
  isRunning: ComputedRef<boolean>
  /** The first refusal, in the order in which the acts were given. */
  refusal: ComputedRef<Refusal | null>
  clear: () => void
}

export function useActs(...acts: Pick<Act<object, object>, 'isRunning' | 'refusal' | 'clear'>[]): Acts {
  return {
    isRunning: computed(() => acts.some((act) => act.isRunning.value)),
    refusal: computed(() => acts.map((act) => act.refusal.value).find(Boolean) ?? null),
    clear: () => acts.forEach((act) => act.clear()),
  }
}
