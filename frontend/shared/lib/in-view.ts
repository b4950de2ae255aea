/** The chosen row of a list stays in view, also when it was chosen with a key. */
import { nextTick, watch, type Ref } from 'vue'

export function useChosenInView(list: Ref<HTMLElement | undefined>, chosen: () => string | null): void {
  watch(chosen, async () => {
    await nextTick()
    list.value?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' })
  })
}
