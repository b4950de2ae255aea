/** Call back when an element comes near the screen, for feeds that load ahead. */
import type { ObjectDirective } from 'vue'

const watchers = new WeakMap<Element, IntersectionObserver>()

export const vNear: ObjectDirective<Element, () => void> = {
  mounted(element, { value }) {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) value()
      },
      { rootMargin: '1200px 0px' },
    )
    observer.observe(element)
    watchers.set(element, observer)
  },
  unmounted(element) {
    watchers.get(element)?.disconnect()
  },
}
