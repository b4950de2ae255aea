/** The pictures beside something that is being written: each is sent as soon as it is chosen. */
import { computed, onScopeDispose, ref } from 'vue'
import { sendPicture } from '@/shared/lib/upload'
import { askToSignIn } from '@/shared/session/sign-in'

export interface Sending {
  key: number
  name: string
  preview: string
  part: number
  id: string | null
  refusal: { code: string; message: string } | null
}

export function usePictures(most = 9) {
  const sendings = ref<Sending[]>([])
  const files = new Map<number, File>()
  const stops = new Map<number, AbortController>()
  let last = 0
  const change = (key: number, to: Partial<Sending>) => {
    sendings.value = sendings.value.map((each) => (each.key === key ? { ...each, ...to } : each))
  }

  async function send(key: number): Promise<void> {
    const file = files.get(key)
    if (!file) return
    const stop = new AbortController()
    stops.set(key, stop)
    change(key, { part: 0, refusal: null })
    const answer = await sendPicture(file, (part) => change(key, { part }), stop.signal)
    if ('id' in answer) return change(key, { id: answer.id, part: 1 })
    change(key, { refusal: answer })
    if (answer.code === 'SIGN_IN_REQUIRED') askToSignIn({ then: () => void send(key) })
  }
  function add(chosen: FileList | null): void {
    const room = most - sendings.value.length
    for (const file of Array.from(chosen ?? []).slice(0, room)) {
      const key = (last += 1)
      files.set(key, file)
      const made: Sending = { key, name: file.name, preview: URL.createObjectURL(file), part: 0, id: null, refusal: null }
      sendings.value = [...sendings.value, made]
      void send(key)
    }
  }
  function remove(key: number): void {
    stops.get(key)?.abort()
    const gone = sendings.value.find((each) => each.key === key)
    if (gone) URL.revokeObjectURL(gone.preview)
    sendings.value = sendings.value.filter((each) => each.key !== key)
  }
  onScopeDispose(() => sendings.value.forEach((each) => URL.revokeObjectURL(each.preview)))
  return {
    sendings,
    most,
    add,
    remove,
    again: send,
    ids: computed(() => sendings.value.flatMap((each) => (each.id ? [each.id] : []))),
    isSending: computed(() => sendings.value.some((each) => !each.id && !each.refusal)),
    hasRefused: computed(() => sendings.value.some((each) => each.refusal)),
  }
}
