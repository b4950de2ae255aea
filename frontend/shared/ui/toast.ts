import { shallowRef } from 'vue'

const SECONDS = 3.2
let last = 0

export const current = shallowRef<{ id: number; text: string } | null>(null)

/** Say something short that needs no answer. Refusals belong beside what was refused: use TzRefusal. */
export function toast(text: string): void {
  const id = (last += 1)
  current.value = { id, text }
  setTimeout(() => {
    if (current.value?.id === id) current.value = null
  }, SECONDS * 1000)
}
