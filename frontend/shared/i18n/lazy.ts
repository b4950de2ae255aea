/** A component that comes when it is shown, with the texts of the features it belongs to. */
import { defineAsyncComponent, type Component } from 'vue'
import { loadTexts } from './index'

export function later<C extends Component>(load: () => Promise<{ default: C }>, features: readonly string[] = []): C {
  return defineAsyncComponent(async () => {
    const [part] = await Promise.all([load(), loadTexts(features)])
    return part.default
  })
}
