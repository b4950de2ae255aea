/** The one video beside something that is being written: sent as soon as it is chosen, with its progress. */
import { computed, onScopeDispose, ref } from 'vue'
import { postFile, type UploadRefusal } from '@/shared/lib/upload'
import { askToSignIn } from '@/shared/session/sign-in'

export interface SendingVideo {
  name: string
  preview: string
  part: number
  id: string | null
  refusal: UploadRefusal | null
}
export const MOST_VIDEO_BYTES = 60 * 1024 * 1024

export function useVideo() {
  const sending = ref<SendingVideo | null>(null)
  let file: File | null = null
  let stop = new AbortController()
  const change = (to: Partial<SendingVideo>) => {
    if (sending.value) sending.value = { ...sending.value, ...to }
  }

  async function send(): Promise<void> {
    if (!file) return
    stop = new AbortController()
    const own = stop
    change({ part: 0, refusal: null })
    if (file.size > MOST_VIDEO_BYTES) return change({ refusal: { code: 'VIDEO_TOO_LARGE', message: '' } })
    const answer = await postFile('/upload/video', file, readAnswer, (part) => change({ part }), own.signal)
    if (own.signal.aborted) return
    if ('id' in answer) return change({ id: answer.id, part: 1 })
    change({ refusal: answer })
    if (answer.code === 'SIGN_IN_REQUIRED') askToSignIn({ then: () => void send() })
  }
  function choose(chosen: File | undefined): void {
    if (!chosen) return
    remove()
    file = chosen
    sending.value = { name: chosen.name, preview: URL.createObjectURL(chosen), part: 0, id: null, refusal: null }
    void send()
  }
  function remove(): void {
    stop.abort()
    if (sending.value) URL.revokeObjectURL(sending.value.preview)
    sending.value = null
    file = null
  }
  onScopeDispose(remove)
  return {
    sending, choose, remove, again: send,
    id: computed(() => sending.value?.id ?? null),
    isSending: computed(() => sending.value !== null && !sending.value.id && !sending.value.refusal),
  }
}

function readAnswer(request: XMLHttpRequest): { id: string } | UploadRefusal {
  try {
    return JSON.parse(request.responseText) as { id: string } | UploadRefusal
  } catch {
    return { code: request.status === 413 ? 'VIDEO_TOO_LARGE' : 'INTERNAL', message: '' }
  }
}
