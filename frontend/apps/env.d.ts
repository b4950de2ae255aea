/// <reference types="vite/client" />
/** Whether the shop is what is being built. */
declare const __SHOP__: boolean
declare const __FACE_MODELS__: string
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}
